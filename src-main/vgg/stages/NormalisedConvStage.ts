import {
  batchNormalisationGradient,
  normaliseAsTrained,
  normaliseBatch,
  type BatchStatistics,
  type Normalisation as NormalisationTensors,
} from '../../engine/ops/batchNormalisation.ts';
import { convolve, filterGradient, mapsGradient } from '../../engine/ops/convolution.ts';
import { relu, reluGradient } from '../../engine/ops/pointwise.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import { weightShape, type ConvLayer } from '../layers.ts';
import type { LayerParameters, Normalisation } from '../Parameters.ts';
import { Kept } from './Kept.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** Convolution, batch normalisation and, where the layer has one, ReLU (He et al. 2015, Sect. 3.4). */
export class NormalisedConvStage implements Stage {
  readonly #layer: ConvLayer;
  readonly #parameters: LayerParameters & { normalisation: Normalisation };
  readonly #kept = new Kept<'tiles' | 'convolved' | 'mean' | 'variance' | 'reserved' | 'output'>();
  #input: Tensor | undefined;

  constructor(layer: ConvLayer, parameters: LayerParameters) {
    const { normalisation } = parameters;
    if (!normalisation) throw new Error(`${layer.name} has no batch normalisation.`);
    this.#layer = layer;
    this.#parameters = { ...parameters, normalisation };
  }

  forward(input: Tensor, { training, watch }: ForwardPass): Tensor {
    this.#input = input;
    const { output: convolved, tiles } = this.#parameters.weight.with((filter) =>
      convolve(input, filter, this.#layer.stride),
    );
    if (tiles) this.#kept.keep('tiles', tiles);
    this.#kept.keep('convolved', convolved);
    const normalised = training
      ? this.#normaliseByBatch(convolved)
      : this.#withTensors((tensors) => normaliseAsTrained(convolved, tensors));
    const output = this.#kept.keep('output', this.#layer.relu ? relu(normalised) : normalised.clone());
    normalised.dispose();
    watch?.(this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, { sink, watch }: BackwardPass, needsInputGradient: boolean): Tensor | undefined {
    const input = this.#input;
    if (!input) throw new Error('backward() comes after forward().');
    const { weight, bias, normalisation } = this.#parameters;
    watch?.(this.#layer, gradient);

    const byNormalised = this.#layer.relu
      ? reluGradient(gradient, this.#kept.get('output'))
      : gradient.clone();
    gradient.dispose();
    const { byMaps, byScale, byShift } = this.#withTensors((tensors) =>
      batchNormalisationGradient(byNormalised, this.#kept.get('convolved'), tensors, this.#statistics()),
    );
    byNormalised.dispose();

    const { stride } = this.#layer;
    const byWeight =
      sink && filterGradient(input, this.#kept.find('tiles'), weightShape(this.#layer), byMaps, stride);
    this.release();
    const byInput = needsInputGradient
      ? weight.with((filter) => mapsGradient(byMaps, filter, input.shape, stride))
      : undefined;
    byMaps.dispose();
    if (sink && byWeight) {
      sink(weight, byWeight);
      sink(bias, byShift);
      sink(normalisation.scale, byScale);
    } else {
      byShift.dispose();
      byScale.dispose();
    }
    return byInput;
  }

  release(): void {
    this.#input = undefined;
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

  /** Of the batch, if the pass went by it. */
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
