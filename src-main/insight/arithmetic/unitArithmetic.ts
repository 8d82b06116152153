import { responseConstants } from '../../engine/ops/responseNormalisation.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { isRectified, type AddLayer, type Layer, type PoolLayer } from '../../vgg/layers.ts';
import type { Parameters } from '../../vgg/Parameters.ts';
import type { Activations, LayerActivation } from '../activations.ts';
import { requireLayer, requireUnits } from '../layerNamed.ts';
import { connected, convolved, type Computed, type Place } from './products.ts';
import type { UnitArithmetic } from './schema.ts';
import { greatestOf, valueAt, valuesIn, windowOf, type Maps } from './windows.ts';

/**
 * How far the float32 of the net may be from a sum in float64, as a share of the sizes of all that is added. The kernel of
 * 3×3 convolutions adds in an order of its own (Winograd), which costs more than a plain sum.
 */
const rounding = 1e-5;

/**
 * How the value of one unit comes about, computed anew in float64 from what the layer reads and its weights.
 *
 * @param image the prepared image, [crop, crop, 3]
 * @throws WorkbenchError `layer-unknown`, `unit-unknown`
 */
export function unitArithmetic(
  parameters: Parameters,
  { activations, image }: { activations: Activations; image: Maps },
  at: Place & { layer: string },
): UnitArithmetic {
  const { unit, row, column } = at;
  const { layer } = requireUnits(parameters, at.layer, [unit]);
  const own = requireLayer(activations.layers, at.layer);
  const net = valueAt(own, row, column, unit);
  if (net === null) throw unknownPlace(own, at);
  const reads = inputOf(parameters.layers, layer);
  const input = reads === null ? image : requireLayer(activations.layers, reads);
  const { step, before, size } = stepOf(layer, parameters, { input, activations, reads }, at);
  const rectified = isRectified(layer);
  return {
    layer: at.layer,
    kind: layer.kind,
    reads,
    unit,
    row,
    column,
    step,
    before,
    rectified,
    value: rectified ? Math.max(0, before) : before,
    net,
    tolerance: rounding * size,
    pool: poolBehind(parameters.layers, layer, own, at),
    posterior: layer.name === parameters.layers.at(-1)?.name ? (activations.posteriors[unit] ?? null) : null,
  };
}

interface Read {
  input: Maps;
  activations: Activations;
  reads: string | null;
}

function stepOf(layer: Layer, parameters: Parameters, read: Read, at: Place): Computed {
  const { input } = read;
  switch (layer.kind) {
    case 'conv':
      return convolved(layer, parameters, input, at);
    case 'fc':
      return connected(layer, parameters, input, at);
    case 'pool': {
      const window = windowOf(layer, at);
      const values = valuesIn(input, window, at.unit);
      const before = greatestOf(values);
      return { step: { by: 'greatest', window, values }, before, size: Math.abs(before) };
    }
    case 'average': {
      const window = windowOf({ side: layer.side, stride: 1, padding: 0 }, at);
      const values = valuesIn(input, window, at.unit);
      const mean = (of: (value: number) => number) =>
        values.reduce<number>((sum, value) => sum + of(value ?? 0), 0) / values.length;
      return { step: { by: 'mean', window, values }, before: mean((each) => each), size: mean(Math.abs) };
    }
    case 'add':
      return added(layer, read, at);
    case 'lrn':
      return responded(input, at);
  }
}

function added(layer: AddLayer, { input, activations, reads }: Read, { unit, row, column }: Place): Computed {
  const shortcut = layer.projection ?? layer.from;
  const parts = [
    { layer: reads ?? '', value: valueAt(input, row, column, unit) ?? NaN },
    { layer: shortcut, value: valueAt(requireLayer(activations.layers, shortcut), row, column, unit) ?? 0 },
  ];
  const total = (of: (value: number) => number) => parts.reduce((sum, { value }) => sum + of(value), 0);
  return { step: { by: 'addition', parts }, before: total((each) => each), size: total(Math.abs) };
}

function responded(input: Maps, { unit, row, column }: Place): Computed {
  const { radius, bias, alpha, beta } = responseConstants;
  const value = valueAt(input, row, column, unit) ?? NaN;
  const first = Math.max(0, unit - radius);
  const neighbours: number[] = [];
  for (let channel = first; channel <= unit + radius; channel++) {
    const each = valueAt(input, row, column, channel);
    if (each !== null) neighbours.push(each);
  }
  const squares = neighbours.reduce((sum, each) => sum + each * each, 0);
  const before = value / (bias + alpha * squares) ** beta;
  const step = { by: 'response' as const, value, first, neighbours, squares, bias, alpha, beta };
  return { step, before, size: Math.abs(before) };
}

/** The name of the layer whose output it reads; null for the first, which reads the image. */
function inputOf(layers: readonly Layer[], layer: Layer): string | null {
  if (layer.kind === 'conv' && layer.input !== undefined) return layer.input;
  const before = layers.slice(0, layers.indexOf(layer)).findLast((each) => !isProjection(each));
  return before?.name ?? null;
}

const isProjection = (layer: Layer) => layer.kind === 'conv' && layer.input !== undefined;

/** The window of the pool that follows at once. An odd last row or column that no window reaches is in none. */
function poolBehind(
  layers: readonly Layer[],
  layer: Layer,
  maps: LayerActivation,
  { unit, row, column }: Place,
): UnitArithmetic['pool'] {
  const pool = layers[layers.indexOf(layer) + 1];
  if (pool?.kind !== 'pool') return null;
  const at = { row: outputAt(pool, row), column: outputAt(pool, column) };
  const window = windowOf(pool, at);
  const [height, width] = maps.shape;
  const within = (start: number, extent: number) => start + pool.side <= extent + pool.padding;
  if (!within(window.row, height) || !within(window.column, width)) return null;
  const values = valuesIn(maps, window, unit);
  return { layer: pool.name, ...at, window, values, greatest: greatestOf(values) };
}

/** The last output whose window holds a row or a column. */
function outputAt({ stride, padding }: PoolLayer, place: number): number {
  return Math.floor((place + padding) / stride);
}

function unknownPlace(maps: LayerActivation, { row, column }: Place): WorkbenchError {
  const [height, width] = maps.shape;
  return new WorkbenchError(
    'unit-unknown',
    `The maps of ${maps.name} have no unit in row ${row}, column ${column}.`,
    `Choose a row from 0 to ${height - 1} and a column from 0 to ${width - 1}.`,
  );
}
