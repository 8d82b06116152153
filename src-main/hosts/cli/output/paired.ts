import { countText } from '../../../vocabulary/counts.ts';
import { differenceRangeText, differenceText, pValueText } from '../../../vocabulary/percentages.ts';
import type { PairedComparison } from '../../../workbench/contract.ts';
import type { PairedRun } from '../pairedRuns.ts';
import { textTable } from './textTable.ts';

const ofTheseNets = 'It speaks of these trained nets; how such nets train is what seeds tell.';

/** Two runs on the same images, in sentences. */
export function pairText(compared: PairedComparison): string {
  const { difference, low, high, onlyFirstRight, onlySecondRight, pValue, images } = compared;
  return [
    `Top-1 error, first minus second: ${differenceText(difference)} points (95 %: ${differenceRangeText(low, high)})`,
    `Right by the first alone ${countText(onlyFirstRight)}, by the second alone ${countText(onlySecondRight)}, of ${countText(images)} images`,
    `McNemar's exact test: p = ${pValue.toPrecision(3)}`,
    ofTheseNets,
  ].join('\n');
}

/** Several runs against the first, as a table; below it what is missing for the others. */
export function pairedText(pairs: readonly PairedRun[]): string {
  const known = pairs.flatMap(({ run, paired }) => (paired === null ? [] : [{ run, ...paired }]));
  const missing = pairs.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  const table = textTable(
    ['Run', 'Top-1>', '95 %>', 'Right alone>', 'the first alone>', 'Images>', 'p>'],
    known.map(({ run, difference, low, high, onlyFirstRight, onlySecondRight, images, pValue }) => [
      run,
      differenceText(difference),
      differenceRangeText(low, high),
      countText(onlyFirstRight),
      countText(onlySecondRight),
      countText(images),
      pValueText(pValue),
    ]),
  );
  return [
    ...(known.length === 0
      ? []
      : [
          'Image by image against the first, in points of top-1 error:',
          table,
          `p is of McNemar's exact test. ${ofTheseNets}`,
        ]),
    ...missing.map(({ message, nextStep }) => `Not compared image by image: ${message} ${nextStep}`),
  ].join('\n');
}
