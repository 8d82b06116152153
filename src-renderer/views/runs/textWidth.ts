/** Each text is measured once: most of a list stays as it is while runs train. */
const known = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text of the list is, in pixels. */
export function textWidth(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return 8 * text.length;
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  context.font = `500 ${fontSize} ${fontFamily}`;
  const { width } = context.measureText(text);
  // Until the typeface has come, another is measured.
  if (document.fonts.status === 'loaded') known.set(text, width);
  return width;
}
