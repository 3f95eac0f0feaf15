// Pictures of people's own, made smaller in the browser before they travel.

const SENT_AS_THEY_ARE = new Set(['image/png', 'image/jpeg', 'image/webp']);

const SMALLER = 0.7; // the sides of each next try, where a picture still has too many bytes

/** Return a picture within these bounds (pixels and bytes): as PNG where it lets something through, else as JPEG. */
export async function reduce(file, { longestSide = Infinity, mostPixels = Infinity, largest }) {
    let bitmap;
    try {
        bitmap = await createImageBitmap(file);
    } catch {
        throw new Error('The browser cannot open this as a picture.');
    }
    const { width, height } = bitmap;
    const scale = Math.min(1, longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
    if (scale === 1 && file.size <= largest && SENT_AS_THEY_ARE.has(file.type)) return file;
    for (let tried = scale; ; tried *= SMALLER) {
        const blob = await draw(bitmap, tried);
        if (blob.size <= largest || Math.max(width, height) * tried < 64) return blob;
    }
}

async function draw(bitmap, scale) {
    const canvas = new OffscreenCanvas(
        Math.max(1, Math.round(bitmap.width * scale)),
        Math.max(1, Math.round(bitmap.height * scale)),
    );
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let isOpaque = true;
    for (let place = 3; place < data.length && isOpaque; place += 4) isOpaque = data[place] === 255;
    return canvas.convertToBlob(isOpaque ? { type: 'image/jpeg', quality: 0.9 } : { type: 'image/png' });
}
