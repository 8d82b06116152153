import { channelMaxima, halfSquares } from '../engine/ops/reduction.ts';
import type { Rows } from '../engine/storage/Rows.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import type { Variable } from '../engine/Variable.ts';
import { isRectified, type Layer, type ParametricLayer } from '../vgg/layers.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import { layerQuantities, layerSeriesName, type LayerQuantity } from './layerSeries.ts';
import type { MomentumSgd } from './MomentumSgd.ts';
import { type Gather, readScalar, TensorMoments } from './TensorMoments.ts';

interface Activations {
  moments: TensorMoments;
  /** The channels' greatest values in each micro-batch; empty for layers without ReLU. */
  maxima: Tensor[];
}

interface Weights {
  gradient: TensorMoments;
  /** Half the squared norms of the weight before the update, and of each part of the update. */
  weight: Tensor;
  updates: Tensor[];
  learningRate: number;
}

/**
 * Watches one training step and summarises its gradients, weights and activations layer by layer, as `layerSeries.ts`
 * describes them. It changes nothing: the step's numbers stay the same to the last bit.
 */
export class LayerStatistics {
  readonly #layers: readonly Layer[];
  /** The layers by their weights; biases are not watched. */
  readonly #byWeight: ReadonlyMap<Variable, ParametricLayer>;
  readonly #activations = new Map<string, Activations>();
  readonly #weights = new Map<string, Weights>();

  readonly #optimiser: MomentumSgd;
  readonly #gather: Gather;

  /** @param gather where other processes see the rest of the batch */
  constructor(parameters: Parameters, optimiser: MomentumSgd, gather: Gather = (values) => [values]) {
    this.#optimiser = optimiser;
    this.#gather = gather;
    this.#layers = parameters.layers;
    this.#byWeight = new Map(
      parameters.parametricLayers().map((layer) => [parameters.of(layer).weight, layer]),
    );
  }

  /** Called with each layer's output on a micro-batch: [batch, height, width, channels] or [batch, channels]. */
  readonly seeOutput = (layer: Layer, output: Tensor): void => {
    if (!isWatched(layer)) return;
    const seen = this.#activations.get(layer.name) ?? { moments: new TensorMoments(), maxima: [] };
    this.#activations.set(layer.name, seen);
    seen.moments.add(output);
    if (isRectified(layer)) seen.maxima.push(channelMaxima(output));
  };

  /** {@link MomentumSgd.apply}, watched: called once for each parameter or part of it, with the gradient of the whole batch. */
  apply(
    parameter: Variable,
    gradient: Tensor,
    learningRate: number,
    { rows }: { rows?: Rows | undefined } = {},
  ): void {
    const layer = this.#byWeight.get(parameter);
    if (!layer) {
      this.#optimiser.apply(parameter, gradient, learningRate, { rows });
      return;
    }
    const seen: Weights = this.#weights.get(layer.name) ?? {
      gradient: new TensorMoments(),
      weight: parameter.with(halfSquares),
      updates: [],
      learningRate,
    };
    this.#weights.set(layer.name, seen);
    seen.gradient.add(gradient);
    const see = (direction: Tensor) => seen.updates.push(halfSquares(direction));
    this.#optimiser.apply(parameter, gradient, learningRate, { rows, see });
  }

  /** The statistics by series, in the order of the layers. Reads them from the device and clears them. */
  take(): Record<string, number> {
    const values: Record<string, number> = {};
    for (const { name } of this.#layers) {
      const own = { ...this.#takeWeights(name), ...this.#takeActivations(name) };
      for (const quantity of layerQuantities) {
        const value = own[quantity];
        if (value !== undefined) values[layerSeriesName(quantity, name)] = value;
      }
    }
    this.#weights.clear();
    this.#activations.clear();
    return values;
  }

  #takeWeights(name: string): Partial<Record<LayerQuantity, number>> {
    const seen = this.#weights.get(name);
    if (!seen) return {};
    const { norm, mean, deviation } = seen.gradient.take();
    const weight = Math.sqrt(2 * readScalar(seen.weight));
    const squares = seen.updates.reduce((sum, part) => sum + 2 * readScalar(part), 0);
    const update = seen.learningRate * Math.sqrt(squares);
    return {
      'gradient/norm': norm,
      'gradient/mean': mean,
      'gradient/deviation': deviation,
      'weight/norm': weight,
      'weight/update': update / weight,
    };
  }

  #takeActivations(name: string): Partial<Record<LayerQuantity, number>> {
    const seen = this.#activations.get(name);
    if (!seen) return {};
    const { mean, deviation, rms } = seen.moments.take(this.#gather);
    const values = { 'activation/mean': mean, 'activation/deviation': deviation, 'activation/rms': rms };
    return seen.maxima.length === 0
      ? values
      : { ...values, 'activation/dead': this.#shareOfDead(seen.maxima) };
  }

  /** Share of channels that are 0 at every position of every image: after a ReLU, those whose maximum is 0. */
  #shareOfDead(maxima: readonly Tensor[]): number {
    const read = maxima.flatMap((tensor) => {
      using own = tensor;
      return this.#gather(own.dataSync<'float32'>());
    });
    const [first = new Float32Array()] = read;
    const dead = first.filter((_, channel) => read.every((values) => values[channel] === 0));
    return dead.length / first.length;
  }
}

/** A pool's output adds nothing to what the layer before it shows. */
function isWatched({ kind }: Layer): boolean {
  return kind !== 'pool';
}
