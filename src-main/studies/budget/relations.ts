import { tableNumbers, paperTable, type TableRow } from '../../vocabulary/paperTables.ts';
import { imagesFor, resolutionOf } from '../../vocabulary/resolution.ts';

/** A sentence of the paper that says which of two rows has the lower error. */
export interface Relation {
  text: string;
  /** By how many percentage points of top-1 error, in the paper. */
  points: number;
  /** Whether the validation images tell that from chance, and how many it needs. */
  isDecidable: boolean;
  imagesNeeded: number;
}

const sentences: readonly [text: string, worse: string, better: string][] = [
  ['D, of 16 layers, is better than A, of 11', '3:A@256', '3:D@256'],
  ['B is better than A', '3:A@256', '3:B@256'],
  ['C is better than B: more non-linearity', '3:B@256', '3:C@256'],
  ['D is better than C: 3×3 sees more than 1×1', '3:C@256', '3:D@256'],
  ['D is better with scale jitter', '3:D@256', '3:D@256-512'],
  ['E is better with scale jitter', '3:E@256', '3:E@256-512'],
  ['several test scales are better than one', '3:D@256-512', '4:D@256-512'],
  ['multi-crop is better than dense', '5:D@256-512:dense', '5:D@256-512:multi-crop'],
  ['both are better than multi-crop', '5:D@256-512:multi-crop', '5:D@256-512:multi-crop+dense'],
  ['D and E fused are better than D', '5:D@256-512:multi-crop+dense', '6:D+E@256-512:multi-crop+dense'],
];

/** What so many validation images can decide, if nets differ as much as the paper's do on ILSVRC. */
export function relationsFor(valImages: number): Relation[] {
  const rows = new Map(tableNumbers.flatMap(paperTable).map((row) => [row.id, row]));
  const resolution = resolutionOf(valImages);
  return sentences.map(([text, worse, better]) => {
    // The paper prints one decimal.
    const points = Math.round(10 * (errorOf(rows, worse) - errorOf(rows, better))) / 10;
    return { text, points, isDecidable: points >= resolution, imagesNeeded: imagesFor(points) };
  });
}

function errorOf(rows: ReadonlyMap<string, TableRow>, id: string): number {
  const row = rows.get(id);
  if (row === undefined) throw new Error(`The paper has no row ${id}.`);
  return row.top1Error;
}
