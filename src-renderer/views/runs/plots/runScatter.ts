import type { RunSummary } from '../../../../src-main/workbench/contract.ts';
import { scatterSize, type ScatterPicture } from '../../../charts/print/scatterSvg.ts';
import { axisTitle } from './axisTitle.ts';
import type { PlotAxis } from './plotAxis.ts';

/** Between the ends of a plot's axes and its outermost points, in pixels. */
export const inset = 12;

/** From a place of 0 to 1 to pixels along an axis of that length. */
export function pixelsAlong(length: number): (place: number) => number {
  return (place) => inset + place * (length - 2 * inset);
}

const colours = { plain: '#0b62a8', chosen: '#b3261e' } as const;

/** One value of the runs over another as it is printed. */
export function runScatter(
  { x, y }: { x: PlotAxis; y: PlotAxis },
  runs: readonly RunSummary[],
  isChosen: (run: RunSummary) => boolean,
): ScatterPicture {
  const across = pixelsAlong(scatterSize.width);
  const up = (place: number) => scatterSize.height - pixelsAlong(scatterSize.height)(place);
  const placed = runs.flatMap((run) => {
    const [left, height] = [x.place(run), y.place(run)];
    return left === null || height === null
      ? []
      : [{ at: [across(left), up(height)] as const, chosen: isChosen(run) }];
  });
  const chosen = placed.filter((point) => point.chosen).length;
  return {
    title: `${y.column.title} over ${x.column.title}`,
    xTitle: scaled(x),
    yTitle: scaled(y),
    xTicks: x.ticks.map(({ place, text }) => ({ at: across(place), label: text })),
    yTicks: y.ticks.map(({ place, text }) => ({ at: up(place), label: text })),
    points: placed.map((point) => ({
      at: point.at,
      colour: point.chosen ? colours.chosen : colours.plain,
    })),
    legend:
      chosen === 0
        ? []
        : [
            { colour: colours.chosen, label: `selected (${chosen})` },
            { colour: colours.plain, label: `others (${placed.length - chosen})` },
          ],
    caption: runsText(runs, placed.length),
  };
}

function scaled({ column, isLogarithmic }: PlotAxis): string {
  return isLogarithmic ? `${axisTitle(column)}, log scale` : axisTitle(column);
}

/** `24 runs on fashion-mnist; 2 more have no value yet.` */
export function runsText(runs: readonly RunSummary[], drawn: number): string {
  const datasets = [...new Set(runs.map(({ dataset }) => dataset))];
  const left = runs.length - drawn;
  const of = `${drawn} ${drawn === 1 ? 'run' : 'runs'} on ${datasets.join(', ')}`;
  return left === 0 ? `${of}.` : `${of}; ${left} more ${left === 1 ? 'has' : 'have'} no value yet.`;
}
