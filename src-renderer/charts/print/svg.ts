import { printable } from '../../../src-main/vocabulary/printable.ts';

/** Colours of drawings for print, dark on white whatever the window's theme is: those of its light one. */
export const ink = '#1a2230';
export const softInk = '#4d5869';
export const gridLine = '#d8dde4';

/** Of what is drawn, in pixels. */
export interface SvgSize {
  width: number;
  height: number;
}

/** A drawing on white as a file of its own; `family` is its attribute `font-family`, `fontSize` in pixels. */
export function svgFile(
  { width, height }: SvgSize,
  family: string,
  parts: readonly string[],
  fontSize = 12,
): string {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(family)}" font-size="${fontSize}" fill="${ink}">`,
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...parts,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

export function svgLine(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  colour: string,
  more = '',
): string {
  return `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${escaped(colour)}"${more}/>`;
}

/** @param more further attributes */
export function svgText(x: number, y: number, content: string, more = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" ${more}>${escaped(content)}</text>`;
}

/** @param more further attributes */
export function svgRect(x: number, y: number, { width, height }: SvgSize, more: string): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ${more}/>`;
}

/** The title of a drawing. */
export function svgTitle(x: number, y: number, title: string): string {
  return svgText(x, y, title, 'font-weight="bold" font-size="14"');
}

/** A tenth of a pixel is finer than any printer's dot. */
export function n(value: number): string {
  return String(Number(value.toFixed(1)));
}

export function escaped(content: string): string {
  // XML has no way to hold most control characters.
  return printable(content)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Letters of the typefaces are this wide on the whole, as a share of their size; a little more than they are. */
const letterWidth = 0.54;

/** How wide a text is about, in pixels: what is drawn without a page cannot be measured. */
export function widthOf(text: string, fontSize = 12): number {
  return text.length * letterWidth * fontSize;
}

/** A text in lines of at most that width, broken between words; a longer word stands alone. */
export function wrapped(text: string, width: number, fontSize = 12): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && widthOf(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A caption under a drawing: its lines, and how high they are together. */
export function svgCaption(
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
): { parts: string[]; height: number } {
  const lineHeight = 15;
  const lines = wrapped(text, width, 11);
  return {
    parts: lines.map((line, index) =>
      svgText(x, y + index * lineHeight, line, `font-size="11" fill="${softInk}"`),
    ),
    height: lines.length * lineHeight,
  };
}
