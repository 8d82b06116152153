import type { RunSummary } from '../../../../src-main/workbench/contract.ts';
import { errorColour } from './errorColour.ts';
import type { PlotAxis } from './plotAxis.ts';

/** A run as it is drawn across the axes; the last of them colours it. */
export interface ParallelLine {
  run: RunSummary;
  colour: string;
  /** Through the axes on which it has a value, in the syntax of SVG. */
  path: string;
}

export function parallelLines(
  runs: readonly RunSummary[],
  axes: readonly PlotAxis[],
  { leftOf, topOf }: { leftOf: (index: number) => number; topOf: (place: number) => number },
): ParallelLine[] {
  return runs.map((run) => {
    const points = axes.flatMap((axis, index) => {
      const place = axis.place(run);
      return place === null ? [] : [`${leftOf(index).toFixed(1)} ${topOf(place).toFixed(1)}`];
    });
    return { run, colour: errorColour(axes.at(-1)?.place(run) ?? null), path: `M ${points.join(' L ')}` };
  });
}
