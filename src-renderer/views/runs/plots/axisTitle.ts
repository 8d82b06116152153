import type { RunColumn } from '../columns.ts';

const inPercent: ReadonlySet<string> = new Set(['top1', 'top5', 'bestTop1', 'bestTop5']);

/** What an axis is, with its unit, as its ticks are numbers alone. */
export function axisTitle({ id, title }: Pick<RunColumn, 'id' | 'title'>): string {
  return inPercent.has(id) ? `${title}, %` : title;
}
