// Pictures of people's own, made smaller in the browser before they travel.

const SENT_AS_THEY_ARE = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Return a picture with at most so many pixels a side, as PNG where it lets something through, else as JPEG. */
export async function reduce(file, { longestSide, largest }) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error('This is no picture that the browser can open.');
  }
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= largest && SENT_AS_THEY_ARE.has(file.type)) return file;
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let isOpaque = true;
  for (let place = 3; place < data.length && isOpaque; place += 4) isOpaque = data[place] === 255;
  return canvas.convertToBlob(isOpaque ? { type: 'image/jpeg', quality: 0.9 } : { type: 'image/png' });
}
