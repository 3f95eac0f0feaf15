// The decoders of npm: `node npm_decoders.mjs NAME` reads each picture whose path comes in, until no more come.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

// A PGM of Pillow's: four words, then the pixels.
const open = (path) => {
  const file = readFileSync(path)
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'))
  return { width: Number(width), height: Number(height), grey: file.subarray(head.length) }
}

const rgba = ({ width, height, grey }) => {
  const pixels = new Uint32Array(width * height)
  for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel] = 0xff000000 | (grey[pixel] * 0x010101)
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) }
}

const decoders = {
  jsqr: async () => {
    const { default: jsQR } = await import('jsqr')
    return (picture) => jsQR(rgba(picture).data, picture.width, picture.height)?.data
  },
  qr: async () => {
    const { default: decodeQR } = await import('qr/decode.js')
    return (picture) => decodeQR(rgba(picture))
  },
  zxingjs: async () => {
    const zxing = await import('@zxing/library').then((module) => module.default ?? module)
    const hints = new Map([
      [zxing.DecodeHintType.TRY_HARDER, true],
      [zxing.DecodeHintType.POSSIBLE_FORMATS, [zxing.BarcodeFormat.QR_CODE]],
    ])
    return ({ width, height, grey }) => {
      const source = new zxing.RGBLuminanceSource(new Uint8ClampedArray(grey), width, height)
      const reader = new zxing.QRCodeReader()
      return reader.decode(new zxing.BinaryBitmap(new zxing.HybridBinarizer(source)), hints).getText()
    }
  },
}
const packages = { jsqr: 'jsqr', qr: 'qr', zxingjs: '@zxing/library' }

const name = process.argv[2]
const read = await decoders[name]()
const about = new URL(`node_modules/${packages[name]}/package.json`, import.meta.url)
console.log(JSON.parse(readFileSync(about, 'utf8')).version)
for await (const path of createInterface({ input: process.stdin })) {
  let text
  try {
    text = read(open(path))
  } catch {
    // What finds no symbol says so by an exception.
  }
  process.stdout.write(JSON.stringify(text ? [text] : []) + '\n')
}
