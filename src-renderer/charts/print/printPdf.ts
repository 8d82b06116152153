import type { PrintFaces } from './printFaces.ts';

/** A point is 1/72 of an inch, a CSS pixel 1/96. */
const pointsPerPixel = 72 / 96;

/** What stands for a character that the typeface lacks. */
const unknownCharacter = '□';

/**
 * An SVG as a PDF of one page of its size, with lines as lines and text as text in the embedded typeface. Its root gives width
 * and height in CSS pixels. What the typeface lacks is drawn as □, which can be seen, instead of as nothing.
 */
export async function printPdf(svg: string, title: string, faces: PrintFaces): Promise<Blob> {
  const [{ jsPDF }, { svg2pdf }] = await Promise.all([import('jspdf'), import('svg2pdf.js')]);
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const width = Number(drawing.getAttribute('width')) * pointsPerPixel;
  const height = Number(drawing.getAttribute('height')) * pointsPerPixel;
  const pdf = new jsPDF({
    unit: 'pt',
    format: [width, height],
    orientation: width > height ? 'landscape' : 'portrait',
    compress: true,
    putOnlyUsedFonts: true,
  });
  pdf.setProperties({ title, creator: 'VGG Workbench' });
  for (const [style, file] of [
    ['normal', faces.regular],
    ['bold', faces.bold],
  ] as const) {
    const name = `${faces.family} ${style}`;
    pdf.addFileToVFS(name, file);
    pdf.addFont(name, faces.family, style);
  }
  const glyphs = glyphsOf(pdf.setFont(faces.family, 'normal').getFont().metadata);
  for (const text of drawing.querySelectorAll('text'))
    text.textContent = text.textContent.replace(/\P{ASCII}/gu, (character) =>
      glyphs.characterToGlyph(character.codePointAt(0) ?? 0) > 0 ? character : unknownCharacter,
    );
  await withFaces(faces, () => svg2pdf(drawing, pdf, { width, height }));
  return pdf.output('blob');
}

/** Has the page know the typeface meanwhile: what is centred or ends at a place is measured by the page. */
async function withFaces(faces: PrintFaces, draw: () => Promise<unknown>): Promise<void> {
  const known = [
    new FontFace(faces.family, bytesOf(faces.regular), { weight: '400' }),
    new FontFace(faces.family, bytesOf(faces.bold), { weight: '700' }),
  ];
  try {
    for (const face of known) document.fonts.add(await face.load());
    await draw();
  } finally {
    for (const face of known) document.fonts.delete(face);
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

interface Glyphs {
  /** 0 for a character that is not there. */
  characterToGlyph(codePoint: number): number;
}

/** jsPDF has no type for what it read from the file of a typeface. */
function glyphsOf(metadata: unknown): Glyphs {
  return metadata as Glyphs;
}
