import type { WeightsFacts } from '../../../workbench/contract.ts';
import { countText } from '../../../vocabulary/counts.ts';

/** What a weights file holds, in two lines. */
export function weightsText({ path, format, architecture, preprocessing }: WeightsFacts): string {
  const net = architecture
    ? `net ${architecture.config}, width ${architecture.width}, crop ${architecture.crop}, ${countText(architecture.classes)} classes`
    : 'of no known net';
  const takes = preprocessing
    ? `less ${preprocessing.mean.join(', ')}, divided by ${preprocessing.deviation.join(', ')}`
    : 'preprocessed in a way that the file does not tell';
  return `${path}: ${format.title}, ${net}\nIt reads ${format.channels}, ${takes} (given as RGB, of 0–255).`;
}
