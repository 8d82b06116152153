import {
  batchNormalisationGradient,
  normaliseAsTrained,
  normaliseBatch,
  type BatchStatistics,
  type NormalisationTensors,
} from '../../engine/ops/batchNormalisation.ts';
import { relu, reluGradient } from '../../engine/ops/pointwise.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { ConvLayer } from '../layers.ts';
import type { LayerParameters, Normalisation } from '../Parameters.ts';
import { Convolution } from './Convolution.ts';
import { KeptTensors } from './KeptTensors.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** Convolution, batch normalisation and, where the layer has one, ReLU (He et al. 2015, Sect. 3.4). */
export class NormalisedConvStage implements Stage {
  readonly #layer: ConvLayer;
  readonly #parameters: LayerParameters & { normalisation: Normalisation };
  readonly #kept = new KeptTensors<'mean' | 'variance' | 'reserved' | 'output'>();
  readonly #convolution: Convolution;

  constructor(layer: ConvLayer, parameters: LayerParameters) {
    const { normalisation } = parameters;
    if (!normalisation) throw new Error(`${layer.name} has no batch normalisation.`);
    this.#layer = layer;
    this.#parameters = { ...parameters, normalisation };
    this.#convolution = new Convolution(layer, parameters.weight, { relu: false });
  }

  forward(input: Tensor, { training, watch, precision }: ForwardPass): Tensor {
    const convolved = this.#convolution.forward(input, precision);
    const normalised = training
      ? this.#normaliseByBatch(convolved)
      : this.#withTensors((tensors) => normaliseAsTrained(convolved, tensors));
    const output = this.#kept.keep('output', this.#layer.relu ? relu(normalised) : normalised.clone());
    normalised.dispose();
    watch?.(this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, { sink, watch }: BackwardPass, needsInputGradient: boolean): Tensor | undefined {
    const { bias, normalisation } = this.#parameters;
    watch?.(this.#layer, gradient);

    const byNormalised = this.#layer.relu
      ? reluGradient(gradient, this.#kept.get('output'))
      : gradient.clone();
    gradient.dispose();
    const { byMaps, byScale, byShift } = this.#withTensors((tensors) =>
      batchNormalisationGradient(byNormalised, this.#convolution.output, tensors, this.#statistics()),
    );
    byNormalised.dispose();
    this.#kept.release();

    const byInput = this.#convolution.backward(byMaps, sink, needsInputGradient);
    if (sink) {
      sink(bias, byShift);
      sink(normalisation.scale, byScale);
    } else {
      byShift.dispose();
      byScale.dispose();
    }
    return byInput;
  }

  release(): void {
    this.#convolution.release();
    this.#kept.release();
  }

  #normaliseByBatch(convolved: Tensor): Tensor {
    const { mean, variance } = this.#parameters.normalisation;
    const { output, runningMean, runningVariance, statistics } = this.#withTensors((tensors) =>
      normaliseBatch(convolved, tensors),
    );
    mean.assign(runningMean);
    variance.assign(runningVariance);
    for (const name of ['mean', 'variance', 'reserved'] as const) this.#kept.keep(name, statistics[name]);
    return output;
  }

  /** The statistics of the batch, if the pass normalised by them. */
  #statistics(): BatchStatistics | null {
    if (!this.#kept.find('mean')) return null;
    return {
      mean: this.#kept.get('mean'),
      variance: this.#kept.get('variance'),
      reserved: this.#kept.get('reserved'),
    };
  }

  #withTensors<Result>(use: (tensors: NormalisationTensors) => Result): Result {
    const { bias, normalisation } = this.#parameters;
    return normalisation.scale.with((scale) =>
      bias.with((shift) =>
        normalisation.mean.with((mean) =>
          normalisation.variance.with((variance) => use({ scale, shift, mean, variance })),
        ),
      ),
    );
  }
}
