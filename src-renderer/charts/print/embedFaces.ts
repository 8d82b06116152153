import type { PrintFaces } from './printFaces.ts';

/** An SVG that brings its typeface with it: it looks the same on a machine that has none of that name. */
export function embedFaces(svg: string, { family, regular, bold }: PrintFaces): string {
  const style = `<style>${face(family, 400, regular)}${face(family, 700, bold)}</style>`;
  const behindOpening = svg.indexOf('>') + 1;
  return `${svg.slice(0, behindOpening)}\n${style}${svg.slice(behindOpening)}`;
}

function face(family: string, weight: number, file: string): string {
  return `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/ttf;base64,${file})}`;
}
