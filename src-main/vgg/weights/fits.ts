import { isFloatType } from '../../foundation/floats.ts';
import type { WeightsFormat } from '../../weights/formats.ts';
import type { ParametricLayer } from '../layers.ts';
import { shapesOf } from './storedLayout.ts';
import type { NamedTensor, StoredLayer } from './storedLayers.ts';

/** Whether a stored layer could be a layer of a net, by its shapes alone. */
export function shapesFit(
  { weight, bias }: StoredLayer,
  layer: ParametricLayer,
  format: WeightsFormat,
): boolean {
  return (
    tensorMisfit(weight, layer, format, true) === undefined && bias !== undefined && !biasDiffers(bias, layer)
  );
}

function biasDiffers(bias: NamedTensor, layer: ParametricLayer): boolean {
  return !sameShape(withoutFillers(bias.shape), withoutFillers([layer.outputs]));
}

/** Why a stored tensor cannot be that of a layer; undefined if it can. */
export function tensorMisfit(
  { name, shape, dtype }: NamedTensor,
  layer: ParametricLayer,
  format: WeightsFormat,
  isWeight: boolean,
): string | undefined {
  const shapes = shapesOf(format, layer, isWeight);
  const fits = shapes.some((one) => sameShape(withoutFillers(one), withoutFillers(shape)));
  if (!fits) return `${name} is ${shapeText(shape)} where ${layer.name} takes ${shapeText(shapes[0] ?? [])}`;
  return isFloatType(dtype) ? undefined : `${name} is ${dtype}, which holds no weights`;
}

/** Filters have four. */
const mostExtents = 8;

export function shapeText(shape: readonly number[]): string {
  if (shape.length > mostExtents) return `of ${shape.length} extents`;
  return shape.length === 0 ? 'a single number' : shape.join('×');
}

/** Older Caffe files pad every shape to four extents. */
function withoutFillers(shape: readonly number[]): readonly number[] {
  return shape.slice(shape.findIndex((extent) => extent !== 1));
}

function sameShape(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((extent, axis) => extent === right[axis]);
}
