import type { Channels } from '../configuration/schema.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { Variable } from '../engine/Variable.ts';
import { parametricLayers, type Architecture, type Layer, type ParametricLayer } from './layers.ts';
import { layersOf } from './layersOf.ts';

/** First values of a layer, as TensorFlow tensors: the weight in {@link weightShape}'s layout, the rest [outputs]. */
export interface InitialValues {
  weight: Tensor;
  bias: Tensor;
  /** For a layer with batch normalisation; by default a scale of 1, a mean of 0 and a variance of 1. */
  normalisation?: { scale: Tensor; mean: Tensor; variance: Tensor };
}

/** Gives the first values of a layer. */
export type Initialiser = (layer: ParametricLayer) => InitialValues;

/** The variables of one layer. */
export interface LayerParameters {
  weight: Variable;
  bias: Variable;
  /** The variables of batch normalisation besides its shift, which is the bias. */
  normalisation: Normalisation | null;
}

export interface Normalisation {
  scale: Variable;
  /** A running mean, not trained. */
  mean: Variable;
  variance: Variable;
}

/** The weights of a net, by layer. Their owner: {@link dispose} frees them all. */
export class Parameters {
  readonly architecture: Architecture;
  readonly layers: readonly Layer[];
  /** The order of the channels in the net's files. The variables themselves always read RGB. */
  readonly channels: Channels;
  readonly #byLayer = new Map<string, LayerParameters>();

  constructor(architecture: Architecture, initialise: Initialiser, channels: Channels = 'RGB') {
    this.architecture = architecture;
    this.channels = channels;
    this.layers = layersOf(architecture);
    try {
      for (const layer of this.parametricLayers()) {
        this.#byLayer.set(layer.name, variablesOf(layer, initialise(layer)));
      }
    } catch (error) {
      // If the file turns out damaged, the tensors read so far must be freed.
      this.dispose();
      throw error;
    }
  }

  parametricLayers(): ParametricLayer[] {
    return parametricLayers(this.layers);
  }

  of(layer: ParametricLayer): LayerParameters {
    const parameters = this.#byLayer.get(layer.name);
    if (!parameters) throw new Error(`${layer.name} has no parameters.`);
    return parameters;
  }

  /** All variables that are trained, in the order of the layers: weight, bias, scale of a batch normalisation. */
  variables(): Variable[] {
    return [...this.#byLayer.values()].flatMap(({ weight, bias, normalisation }) => [
      weight,
      bias,
      ...(normalisation ? [normalisation.scale] : []),
    ]);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  dispose(): void {
    for (const { weight, bias, normalisation } of this.#byLayer.values()) {
      weight.dispose();
      bias.dispose();
      normalisation?.scale.dispose();
      normalisation?.mean.dispose();
      normalisation?.variance.dispose();
    }
    this.#byLayer.clear();
  }
}

function variablesOf(
  layer: ParametricLayer,
  { weight, bias, normalisation }: InitialValues,
): LayerParameters {
  const isNormalised = layer.kind === 'conv' && layer.normalisation !== null;
  return {
    weight: Variable.of(weight),
    bias: Variable.of(bias),
    normalisation: isNormalised ? normalisationOf(layer.outputs, normalisation) : null,
  };
}

function normalisationOf(channels: number, given: InitialValues['normalisation']): Normalisation {
  const { tf } = tensorflow();
  return {
    scale: Variable.of(given?.scale ?? tf.ones([channels])),
    mean: Variable.of(given?.mean ?? tf.zeros([channels])),
    variance: Variable.of(given?.variance ?? tf.ones([channels])),
  };
}
