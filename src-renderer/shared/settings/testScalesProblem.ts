import { parseTestScales } from '../../../src-main/vocabulary/scales.ts';

/** What is wrong with Q as it is written, for a net of a crop; null if nothing is. */
export function testScalesProblem(text: string, crop: number, most = Infinity): string | null {
  const scales = parseTestScales(text);
  if (!scales) return 'Whole numbers with commas between: 224, 256, 288.';
  if (scales.length > most) return `At most ${most}.`;
  return scales.some((scale) => scale < crop) ? `At least the crop, ${crop} pixels.` : null;
}
