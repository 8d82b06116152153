import type { UnitArithmetic } from '../../../../src-main/workbench/contract.ts';
import { figureText } from '../../../../src-main/vocabulary/figures.ts';

type Products = Extract<UnitArithmetic['step'], { by: 'products' }>;

const colours = ['red', 'green', 'blue'];

/** What a part of a sum reads: `map 12`, a colour of the image, `unit 40`, or `map 3, row 0, column 1`. */
export function inputName(
  { step, reads }: Pick<UnitArithmetic, 'step' | 'reads'>,
  { channel, row, column }: Pick<Products['parts'][number], 'channel' | 'row' | 'column'>,
): string {
  if (reads === null) return colours[channel] ?? `channel ${channel}`;
  if (step.by === 'products' && step.window !== null) return `map ${channel}`;
  if (reads.startsWith('fc') || reads === 'average') return `unit ${channel}`;
  return `map ${channel}, row ${row}, column ${column}`;
}

/** `(0.52 − 0.1) / 0.8 × 1.2 + 0.05`. */
export function normalisedText(sum: number, of: NonNullable<Products['normalisation']>): string {
  const { mean, deviation, scale, shift } = of;
  return `(${figureText(sum)} ${signed(-mean)}) / ${figureText(deviation)} × ${figureText(scale)} ${signed(shift)}`;
}

/** `+ 0.1` or `− 0.1`, to stand in a sum. */
export function signed(value: number): string {
  return value < 0 ? `− ${figureText(-value)}` : `+ ${figureText(value)}`;
}

/** Whether the sum in float64 is what the net computed, but for rounding. NaN is what a diverged net computes. */
export function agrees({ value, net, tolerance }: UnitArithmetic): boolean {
  return Object.is(value, net) || Math.abs(value - net) <= tolerance;
}

/** The cell with the greatest value of a window, the first of equal ones; undefined where none has a number. */
export function greatestCell(values: readonly (number | null)[]): number | undefined {
  const greatest = values.reduce<number>((most, value) => Math.max(most, value ?? -Infinity), -Infinity);
  const place = values.indexOf(greatest);
  return place < 0 ? undefined : place;
}
