import type { LayerActivity } from '../../../src-main/workbench/contract.ts';

/** A rectangle of the input, in pixels. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
  /** Whether the unit also sees padding, beyond the border of the image. */
  clipped: boolean;
}

/** The part of the input that a unit sees. */
export function receptiveRegion(
  { side, stride, offset }: LayerActivity['receptiveField'],
  unit: { row: number; column: number },
  input: { width: number; height: number },
): Region {
  const [left, width] = within(offset + unit.column * stride, side, input.width);
  const [top, height] = within(offset + unit.row * stride, side, input.height);
  return { left, top, width, height, clipped: width < side || height < side };
}

function within(start: number, side: number, length: number): [start: number, length: number] {
  const first = Math.min(length, Math.max(0, start));
  return [first, Math.max(0, Math.min(length, start + side) - first)];
}
