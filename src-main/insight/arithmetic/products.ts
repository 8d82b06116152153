import { normalisationEpsilon } from '../../engine/ops/batchNormalisation.ts';
import { slice } from '../../engine/ops/shape.ts';
import type { Variable } from '../../engine/Variable.ts';
import type { ConvLayer, FcLayer } from '../../vgg/layers.ts';
import type { Normalisation, Parameters } from '../../vgg/Parameters.ts';
import type { ArithmeticStep } from './schema.ts';
import { valueAt, valuesIn, windowOf, type Maps } from './windows.ts';

type Products = Extract<ArithmeticStep, { by: 'products' }>;
type Part = Products['parts'][number];

/** More parts of a sum than this are not worth reading. */
const mostParts = 12;

export interface Place {
  unit: number;
  row: number;
  column: number;
}

/** A step, what it gives in float64, and the sum of the sizes of all that was added: what rounding is measured by. */
export interface Computed {
  step: ArithmeticStep;
  before: number;
  size: number;
}

/** The sum of a convolution's window times its filter, channel by channel. */
export function convolved(layer: ConvLayer, parameters: Parameters, input: Maps, at: Place): Computed {
  const { kernel, stride, inputs } = layer;
  const weights = parameters
    .of(layer)
    .weight.with((filter) => floatsOf(() => slice(filter, [0, 0, 0, at.unit], [kernel, kernel, inputs, 1])));
  const window = windowOf({ side: kernel, stride, padding: (kernel - 1) / 2 }, at);
  const parts = Array.from({ length: inputs }, (_, channel): Part => {
    const values = valuesIn(input, window, channel);
    const own = values.map((_, place) => weights[place * inputs + channel] ?? NaN);
    return { channel, row: window.row, column: window.column, values, weights: own, sum: dot(values, own) };
  });
  return summed(layer, parameters, { parts, window, at });
}

/** The sum of a fully-connected layer, input by input. */
export function connected(layer: FcLayer, parameters: Parameters, input: Maps, at: Place): Computed {
  const [height, width, channels] = input.shape;
  const inputs = height * width * channels;
  const weights = parameters
    .of(layer)
    .weight.with((matrix) => floatsOf(() => slice(matrix, [0, at.unit], [inputs, 1])));
  const parts = Array.from(weights, (weight, index): Part => {
    const [place, channel] = [Math.floor(index / channels), index % channels];
    const [row, column] = [Math.floor(place / width), place % width];
    const value = valueAt(input, row, column, channel);
    return { channel, row, column, values: [value], weights: [weight], sum: (value ?? 0) * weight };
  });
  return summed(layer, parameters, { parts, window: null, at });
}

function summed(
  layer: ConvLayer | FcLayer,
  parameters: Parameters,
  { parts, window, at }: { parts: readonly Part[]; window: Products['window']; at: Place },
): Computed {
  const { bias, normalisation } = parameters.of(layer);
  const sum = parts.reduce((total, part) => total + part.sum, 0);
  const size = parts.reduce((total, part) => total + sizeOf(part), 0);
  const largest = parts.toSorted((one, other) => Math.abs(other.sum) - Math.abs(one.sum)).slice(0, mostParts);
  const shared = {
    by: 'products' as const,
    window,
    parts: largest,
    count: parts.length,
    others: sum - largest.reduce((total, part) => total + part.sum, 0),
    sum,
  };
  const added = valueOf(bias, at.unit);
  if (normalisation === null) {
    const step = { ...shared, bias: added, normalisation: null };
    return { step, before: sum + added, size: size + Math.abs(added) };
  }
  const by = normalisationOf(normalisation, added, at.unit);
  const factor = by.scale / by.deviation;
  return {
    step: { ...shared, bias: null, normalisation: by },
    before: (sum - by.mean) * factor + by.shift,
    size: (size + Math.abs(by.mean)) * Math.abs(factor) + Math.abs(by.shift),
  };
}

function normalisationOf({ scale, mean, variance }: Normalisation, shift: number, unit: number) {
  return {
    mean: valueOf(mean, unit),
    deviation: Math.sqrt(valueOf(variance, unit) + normalisationEpsilon),
    scale: valueOf(scale, unit),
    shift,
  };
}

function dot(values: readonly (number | null)[], weights: readonly number[]): number {
  return values.reduce<number>((sum, value, place) => sum + (value ?? 0) * (weights[place] ?? NaN), 0);
}

function sizeOf({ values, weights }: Part): number {
  return values.reduce<number>(
    (sum, value, place) => sum + Math.abs((value ?? 0) * (weights[place] ?? NaN)),
    0,
  );
}

function valueOf(variable: Variable, unit: number): number {
  return variable.with((values) => floatsOf(() => slice(values, [unit], [1])))[0] ?? NaN;
}

/** The values of a tensor that is made for them alone. */
function floatsOf(make: () => ReturnType<typeof slice>): Float32Array {
  using tensor = make();
  return tensor.dataSync<'float32'>();
}
