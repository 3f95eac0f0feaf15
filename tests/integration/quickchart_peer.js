// What QuickChart's own library makes of its parameters: a query a line comes in as JSON, what is drawn goes out.
'use strict'
const QRCode = require('qrcode')
const toSJIS = require('qrcode/helper/to-sjis')
const readline = require('readline')

// The rules that the server adds to the library's, by its parameters.
async function draw (query) {
  const number = parseInt(query.margin, 10)
  if (query.margin !== undefined && isNaN(number)) throw new Error('margin')
  const width = Math.min(3000, parseInt(query.size, 10) || 150)
  const options = {
    margin: query.margin === undefined ? 4 : number,
    width,
    errorCorrectionLevel: query.ecLevel || undefined,
    color: { dark: query.dark || '000', light: query.light || 'fff' },
    type: 'png'
  }
  if (query.mode === 'sjis') options.toSJISFunc = toSJIS
  const text = query.mode === 'sjis' ? [{ data: query.text, mode: 'kanji' }] : query.text
  const symbol = QRCode.create(text, options)
  const png = await QRCode.toBuffer(text, options)
  return { version: symbol.version, level: symbol.errorCorrectionLevel.bit, png: png.toString('base64') }
}

readline.createInterface({ input: process.stdin }).on('line', async line => {
  let answer
  try {
    answer = await draw(JSON.parse(line))
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
})
