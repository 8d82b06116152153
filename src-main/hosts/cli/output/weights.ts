import type { WeightsFacts } from '../../../workbench/contract.ts';
import { countText } from '../../../vocabulary/counts.ts';

/** What a weights file holds: in two lines, and one more for each note. */
export function weightsText(facts: WeightsFacts): string {
  const { path, format, architecture, convolutions, misfit, notes, preprocessing } = facts;
  const net = architecture
    ? `net ${architecture.config}, width ${architecture.width}, crop ${architecture.crop}, ${countText(architecture.classes)} classes`
    : convolutions
      ? `the convolutions of net ${convolutions.config}, width ${convolutions.width}, which --copied-layers convolutions takes`
      : `of no known net: ${misfit ?? 'it holds no weights'}`;
  const takes = preprocessing
    ? `less ${preprocessing.mean.join(', ')}, divided by ${preprocessing.deviation.join(', ')}`
    : 'preprocessed in a way that the file does not say';
  const reads = `${format.channels}, ${takes} (given as RGB, of 0–255)`;
  const reading = facts.isStated
    ? `It reads ${reads}.`
    : `It is taken to read ${reads}, as is usual for ${format.title}: the file does not say. If its net was trained otherwise, give --channels, --mean and --deviation.`;
  return [`${path}: ${format.title}, ${net}`, reading, ...notes].join('\n');
}
