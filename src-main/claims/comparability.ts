import { convergenceText, endingsTooEarly } from '../vocabulary/convergence.ts';
import type { MeasuredSide, SeedOutcome } from './measured.ts';
import { otherImages } from '../statistics/outcome.ts';

/**
 * Why the sides cannot be compared, most important first: a training has not come to an end, the images or the way of
 * scoring are others. Empty if they can.
 *
 * @param seeds those that all sides have
 */
export function obstacles(
  sides: readonly MeasuredSide[],
  seeds: readonly number[],
  stallingCounts: boolean,
): { convergence: string | undefined; images: string | undefined; way: string | undefined } {
  const all = sides.flatMap((side) => side.seeds.filter(({ seed }) => seeds.includes(seed)));
  return {
    convergence: stallingCounts ? undefined : notConverged(all),
    images: differentImages(all),
    way: differentWay(all),
  };
}

function notConverged(all: readonly SeedOutcome[]): string | undefined {
  const found = new Map<string, string>();
  for (const { name, convergence } of all.flatMap(({ endings }) => endings)) {
    if (convergence !== null && endingsTooEarly.includes(convergence.kind))
      found.set(name, convergenceText(convergence));
  }
  if (found.size === 0) return undefined;
  const each = [...found].map(([name, ending]) => `${name} (${ending})`);
  return `${listOf(each)} ${each.length === 1 ? 'has' : 'have'} not converged`;
}

/** `A`, `A and B`, `A, B and 2 more` */
function listOf(texts: readonly string[]): string {
  const shown = texts.length > 3 ? [...texts.slice(0, 2), `${texts.length - 2} more`] : texts;
  return [shown.slice(0, -1).join(', '), shown.at(-1)].filter((part) => part !== '').join(' and ');
}

function differentImages([first, ...others]: readonly SeedOutcome[]): string | undefined {
  if (!first) return undefined;
  return others.flatMap((other) => otherImages(first.outcome, other.outcome) ?? [])[0];
}

function differentWay([first, ...others]: readonly SeedOutcome[]): string | undefined {
  for (const [name, value] of first?.way ?? []) {
    const other = others.flatMap(({ way }) => way.get(name) ?? []).find((found) => found !== value);
    if (other !== undefined) return `they differ in ${name}: ${value} and ${other}`;
  }
  return undefined;
}

/** Settings in which the trainings of the sides differ though no claim is about them: `training.epochs (3, 2)`. */
export function otherSettings(sides: readonly MeasuredSide[]): string[] {
  const all = sides.flatMap(({ seeds }) => seeds.map(({ settings }) => settings));
  const names = new Set(all.flatMap((settings) => [...settings.keys()]));
  return [...names].flatMap((name) => {
    const values = [...new Set(all.map((settings) => settings.get(name) ?? 'none'))];
    return values.length > 1 ? [`${name} (${values.join(', ')})`] : [];
  });
}
