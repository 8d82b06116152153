import { describeNetwork } from '../vgg/describe.ts';
import type { Architecture } from '../vgg/layers.ts';
import { layersOf } from '../vgg/layers.ts';

/** Where in the input the units of a layer look, in pixels, the same across and down. */
export interface ReceptiveField {
  /** Of what one unit sees; more than the input where a unit also sees its padding. */
  side: number;
  /** From one unit's field to the next one's. */
  stride: number;
  /** Where the first unit's field begins; negative by the padding it sees. */
  offset: number;
}

/**
 * The receptive fields of the layers, in their order. A convolution is padded by half its kernel on each side, which moves
 * the first field that far to the left; pools and fully-connected layers are not padded.
 */
export function receptiveFields(architecture: Architecture): ReceptiveField[] {
  const { layers: described } = describeNetwork(architecture);
  let offset = 0;
  let strideBefore = 1;
  return layersOf(architecture).map((layer, index) => {
    const { receptiveField: side = 1, stride = 1 } = described[index] ?? {};
    if (layer.kind === 'conv') offset -= ((layer.kernel - 1) / 2) * strideBefore;
    strideBefore = stride;
    return { side, stride, offset };
  });
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
