import type { RunEnvironment, WeightsFacts } from '../../src-main/workbench/contract.ts';
import { bytesText } from '../../src-main/vocabulary/bytes.ts';
import { countText } from '../../src-main/vocabulary/counts.ts';
import { shortNumber } from './settings/keyTexts.ts';

/** What a weights file was found to hold, as names and values. */
export function weightsRows(facts: WeightsFacts): [name: string, value: string][] {
  const { format, architecture, preprocessing } = facts;
  const net = architecture
    ? `${architecture.config}, width ${architecture.width}, crop ${architecture.crop}, ${countText(architecture.classes)} classes`
    : facts.convolutions
      ? `the convolutions of ${facts.convolutions.config}, width ${facts.convolutions.width}`
      : `none that is known: ${facts.misfit ?? 'it holds no weights'}`;
  // What the file does not say is no fact of it.
  const source = facts.isStated ? '' : ` (usual for ${format.title}; the file does not say)`;
  return [
    ['Format', `${format.title}, ${countText(facts.tensors)} tensors, ${bytesText(facts.bytes)}`],
    ['Net', net],
    ['Reads', format.channels + source],
    ['Mean RGB', preprocessing ? preprocessing.mean.map(shortNumber).join(', ') + source : 'not stated'],
    [
      'Deviation RGB',
      preprocessing ? preprocessing.deviation.map(shortNumber).join(', ') + source : 'not stated',
    ],
    ...facts.notes.map((note): [string, string] => ['Note', note]),
  ];
}

/** The weights that a run began from, so that they can be known again. */
export function recordRows(record: NonNullable<RunEnvironment['weights']>): [name: string, value: string][] {
  return [
    ['File', record.path],
    ['Format', record.format],
    ['Read', record.channels],
    ['Size', bytesText(record.bytes)],
    ['SHA-256', record.sha256],
  ];
}
