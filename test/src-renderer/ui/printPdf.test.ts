import { expect, test } from 'vitest';
import { chartSvg } from '../../../src-renderer/charts/chartSvg.ts';
import { familyOf, printFonts, type PrintFont } from '../../../src-renderer/charts/print/printFonts.ts';
import { embedFaces } from '../../../src-renderer/charts/print/embedFaces.ts';
import { printFaces } from '../../../src-renderer/charts/print/printFaces.ts';
import { printPdf } from '../../../src-renderer/charts/print/printPdf.ts';
import { printPicture } from '../../../src-renderer/charts/print/printPicture.ts';
import { PdfFile } from './PdfFile.ts';

const title = 'Loss ± σ, “Größe” → 漢';

function chart(font: PrintFont): string {
  return chartSvg(
    {
      title,
      xTitle: 'Step',
      width: 400,
      area: { left: 50, top: 0, right: 400, bottom: 180 },
      xTicks: [{ at: 50, label: '0' }],
      yTicks: [{ at: 180, label: '−0.1' }],
      curves: [
        {
          colour: '#ee7733',
          dash: [7, 3],
          width: 1.75,
          opacity: 0.5,
          label: 'val',
          points: [
            [50, 10],
            [90, 80],
          ],
          band: [],
        },
      ],
      levels: [],
      marks: [],
      ends: [],
    },
    familyOf(font),
  );
}

test.each(['sans', 'serif'] as const)(
  'a chart in %s is a PDF with its text in the embedded typeface',
  async (font) => {
    const svg = chart(font);
    const pdf = await PdfFile.of(await printPdf(svg, title, await printFaces(font)));
    expect(pdf.text).toMatch(/^%PDF-1\.\d/);
    expect(pdf.text.match(/\/FontFile2 /g)).toHaveLength(2);
    expect(pdf.text).toContain(`/BaseFont /${printFonts[font].family.replaceAll(' ', '#20')}`);
    // Nothing is a picture: lines are lines, with their dashes in points.
    expect(pdf.text).not.toContain('/Subtype /Image');
    expect(pdf.text).toMatch(/\[7\.? 3\.?\] 0\.? d/);
    // 400 pixels across and 28 + 180 + 36 + 14 + 18 down are 300 × 207 points.
    expect(pdf.text).toMatch(/\/MediaBox \[0 0 300\.? 207\.?0*\]/);
    // What the typeface lacks can be seen to be missing.
    expect(pdf.written).toContain('Loss ± σ, “Größe” → □');
    expect(pdf.written).toEqual(expect.arrayContaining(['−0.1', 'Step', 'val']));
  },
);

test('PNG and SVG are set in the chosen typeface', async () => {
  const pictures: number[][] = [];
  for (const font of ['sans', 'serif'] as const) {
    const svg = embedFaces(chart(font), await printFaces(font));
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')).toBeNull();
    pictures.push([...new Uint8Array(await (await printPicture(svg)).arrayBuffer())]);
    // Without its typeface it looks different, unless the machine has one of that name.
    expect(pictures.at(-1)).not.toEqual([
      ...new Uint8Array(await (await printPicture(chart(font))).arrayBuffer()),
    ]);
  }
  expect(pictures[0]).not.toEqual(pictures[1]);
});
