// Styled codes of qr-code-styling: an array of requests comes in as JSON, an array of SVGs goes out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { QRCodeStyling } = require('qr-code-styling/lib/qr-code-styling.common.js')
const { JSDOM } = require('jsdom')

const svgs = []
for (const { text, size, modules, margin, dots, cornersSquare, cornersDot } of JSON.parse(readFileSync(0, 'utf8'))) {
  const code = new QRCodeStyling({
    jsdom: JSDOM,
    type: 'svg',
    data: text,
    width: size,
    height: size,
    margin: (size * margin) / (modules + 2 * margin),
    qrOptions: { errorCorrectionLevel: 'Q', typeNumber: (modules - 17) / 4 },
    dotsOptions: { type: dots, roundSize: false },
    cornersSquareOptions: { type: cornersSquare },
    cornersDotOptions: { type: cornersDot },
  })
  const svg = (await code.getRawData('svg')).toString()
  // Quotes inside of url() are lost on the way through the document.
  svgs.push(svg.replace(/url\((?:'|&apos;|")(#[^'")&]+)(?:'|&apos;|")\)/g, 'url($1)'))
}
process.stdout.write(JSON.stringify(svgs))
