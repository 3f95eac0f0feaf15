// Times npm's packages inside Node: a job a line comes in as JSON, the nanoseconds that it took go out.
'use strict'
const QRCode = require('qrcode')
const readline = require('readline')

const WARM_UP_NS = 300_000_000n

// A styled SVG, in the document that jsdom makes for each: without a browser the package has no other.
const styled = ({ text, level, size, margin }) => {
  const { QRCodeStyling } = require('qr-code-styling/lib/qr-code-styling.common.js')
  const { JSDOM } = require('jsdom')
  const colorStops = [{ offset: 0, color: '#5b2a86' }, { offset: 1, color: '#0b3d91' }]
  const code = new QRCodeStyling({
    jsdom: JSDOM,
    type: 'svg',
    data: text,
    width: size,
    height: size,
    margin,
    qrOptions: { errorCorrectionLevel: level },
    dotsOptions: { type: 'rounded', gradient: { type: 'linear', colorStops } },
    cornersSquareOptions: { type: 'extra-rounded' },
  })
  return code.getRawData('svg')
}

const makers = {
  styled,
  symbol: ({ text, level }) => QRCode.create(text, { errorCorrectionLevel: level }),
  svg: ({ text, level }) => QRCode.toString(text, { errorCorrectionLevel: level, type: 'svg' }),
}
const warm = new Set()

async function repeat(make, job, calls) {
  let made
  const started = process.hrtime.bigint()
  for (let call = 0; call < calls; call++) made = await make(job)
  return { spent: process.hrtime.bigint() - started, version: made.version }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const job = JSON.parse(line)
    const make = makers[job.make]
    const known = `${job.make} ${job.level} ${job.text}`
    if (!warm.has(known)) {
      warm.add(known)
      // The compiler takes a while to find out what is worth compiling.
      for (let spent = 0n; spent < WARM_UP_NS; ) spent += (await repeat(make, job, 1)).spent
    }
    const { spent, version } = await repeat(make, job, job.calls)
    process.stdout.write(JSON.stringify({ nanoseconds: Number(spent), version }) + '\n')
  }
}

main()
