import type { ScoredWindow, ScoredWindows } from '../../../../src-main/workbench/contract.ts';

/** Windows as they lie in a grid, row by row from above, whichever way the net saw the image. */
export function gridOf(windows: readonly ScoredWindow[]): ScoredWindow[][] {
  const tops = [...new Set(windows.map(({ top }) => top))].sort((one, other) => one - other);
  return tops.map((row) =>
    windows.filter(({ top }) => top === row).sort((one, other) => one.left - other.left),
  );
}

/** The window whose middle is nearest to a point of the image. */
export function nearestWindow(
  windows: readonly ScoredWindow[],
  point: { x: number; y: number },
): ScoredWindow | undefined {
  const distance = ({ left, top, width, height }: ScoredWindow) =>
    Math.hypot(left + width / 2 - point.x, top + height / 2 - point.y);
  return windows.reduce<ScoredWindow | undefined>(
    (nearest, window) => (nearest === undefined || distance(window) < distance(nearest) ? window : nearest),
    undefined,
  );
}

/** The class to which a row of posteriors gives the most. */
export function predictedName(
  posteriors: readonly number[],
  classes: ScoredWindows['classes'],
): string | undefined {
  const greatest = posteriors.reduce((most, value) => (value > most ? value : most), -Infinity);
  return classes[posteriors.indexOf(greatest)]?.name;
}

/** How the windows of a pass at one scale become its posterior. */
export function averagingText(
  { windows }: Pick<ScoredWindows['passes'][number], 'windows'>,
  pass: string,
  average: ScoredWindows['average'],
): string {
  const mirrored = windows.filter((window) => window.mirrored).length;
  const count = windows.length - mirrored;
  const flip = mirrored > 0 ? ', then the mean with the mirrored image' : '';
  if (count === 1) return `One window as it is${flip}.`;
  if (pass !== 'dense') return `The mean of the posteriors of ${count} windows${flip}.`;
  return average === 'before-softmax'
    ? `The mean of the logits of ${count} positions, of which the softmax is taken once${flip}: not the mean of the posteriors shown.`
    : `The mean of the posteriors of ${count} positions of the score map${flip}.`;
}
