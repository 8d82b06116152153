import { geometryOf } from '../vgg/geometry.ts';
import type { Architecture } from '../vgg/layers.ts';
import { layersOf } from '../vgg/layersOf.ts';
import type { ReceptiveField } from '../vocabulary/layerActivity.ts';

/** The receptive fields of the layers, in their order. */
export function receptiveFields(architecture: Architecture): ReceptiveField[] {
  return geometryOf(layersOf(architecture), architecture).map(({ receptiveField: side, stride, offset }) => ({
    side,
    stride,
    offset,
  }));
}

/** The unit in the middle of a map; if a side is even, the one before the middle. */
export function centreOf([height, width]: readonly [height: number, width: number]): {
  row: number;
  column: number;
} {
  return { row: (height - 1) >> 1, column: (width - 1) >> 1 };
}

/** A rectangle of the input, in pixels. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The part of a square input that a unit sees, without the padding beyond its border. */
export function regionSeen(
  { side, stride, offset }: ReceptiveField,
  { row, column }: { row: number; column: number },
  inputSide: number,
): Region {
  const within = (place: number) => Math.min(inputSide, Math.max(0, place));
  const [left, top] = [offset + column * stride, offset + row * stride];
  return {
    left: within(left),
    top: within(top),
    width: within(left + side) - within(left),
    height: within(top + side) - within(top),
  };
}
