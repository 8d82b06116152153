/** What a canvas shows, on the ground of its theme: a canvas by itself is transparent. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height);
  const context = copy.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas.');
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--surface');
  context.fillRect(0, 0, width, height);
  context.drawImage(canvas, 0, 0);
  return copy.convertToBlob({ type: 'image/png' });
}
