/** Dots per inch of a picture for print, and CSS pixels per inch. */
const [printDots, cssPixels] = [300, 96];

/** An SVG as a PNG of print size, with its resolution noted in it, so that it is placed at the size of the drawing. */
export async function printPicture(svg: string): Promise<Blob> {
  const picture = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    picture.src = address;
    await picture.decode();
    const scale = printDots / cssPixels;
    const canvas = new OffscreenCanvas(
      Math.round(picture.naturalWidth * scale),
      Math.round(picture.naturalHeight * scale),
    );
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The browser gives no canvas.');
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const png = await canvas.convertToBlob({ type: 'image/png' });
    return new Blob([withResolution(new Uint8Array(await png.arrayBuffer()))], { type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Behind the signature and the chunk IHDR, which always comes first and is of one length. */
const afterHeader = 8 + 25;

/** A PNG with the chunk `pHYs` (PNG specification, 11.3.5.3): dots per metre across and down. */
function withResolution(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new DataView(new ArrayBuffer(4 + 4 + 9 + 4));
  const dotsPerMetre = Math.round(printDots / 0.0254);
  chunk.setUint32(0, 9);
  for (const [index, byte] of new TextEncoder().encode('pHYs').entries()) chunk.setUint8(4 + index, byte);
  chunk.setUint32(8, dotsPerMetre);
  chunk.setUint32(12, dotsPerMetre);
  chunk.setUint8(16, 1);
  chunk.setUint32(17, crc32(new Uint8Array(chunk.buffer, 4, 13)));
  const whole = new Uint8Array(png.length + chunk.byteLength);
  whole.set(png.subarray(0, afterHeader));
  whole.set(new Uint8Array(chunk.buffer), afterHeader);
  whole.set(png.subarray(afterHeader), afterHeader + chunk.byteLength);
  return whole;
}

/** CRC-32 as in Annex D of the PNG specification. */
function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++)
      remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
