import type { RunConfig } from '../configuration/schema.ts';
import { randomNormal, randomUniform } from '../engine/ops/random.ts';
import { orthonormal } from '../engine/ops/matrix.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { statelessSeed } from '../foundation/random.ts';
import { fanIn, weightShape, type ParametricLayer } from './layers.ts';
import type { Initialiser } from './Parameters.ts';

const defaultDeviation = 0.01;

/**
 * Random first weights (Sect. 3.1):
 * - `normal`: mean 0, the given deviation or variance, biases 0. The paper's "variance 1e-2", read literally, is a
 *   deviation of 0.1, with which the logits explode; a deviation of 0.01 gives what the paper reports.
 * - `glorot`: uniform in ±√(6 / (fan in + fan out)), biases 0 (Glorot and Bengio 2010).
 * - `he`: normal with mean 0 and variance 2 / fan, of the inputs or the outputs, biases 0 (He et al. 2015). It keeps the
 *   deviation of the activations, or that of the gradients, from layer to layer through ReLUs.
 * - `lsuv`: orthonormal (Saxe et al. 2014), biases 0; {@link scaleToUnitVariance} then scales each layer.
 * - `pytorch`: weights and biases uniform in ±1/√(fan in), the default of torch.nn.Conv2d and Linear; biases 0 where batch
 *   normalisation comes before them.
 *
 * Each layer draws from its own position in the stream, so that no two are alike.
 */
export function randomInitialiser(settings: RunConfig['initialisation'], seed: number): Initialiser {
  return (layer) => {
    const position = Buffer.from(layer.name);
    const keys = statelessSeed(seed, 'initialisation', ...position);
    switch (settings.scheme) {
      case 'normal': {
        const deviation =
          settings.deviation ??
          (settings.variance === null ? defaultDeviation : Math.sqrt(settings.variance));
        return { weight: randomNormal(weightShape(layer), deviation, keys), bias: zeroBias(layer) };
      }
      case 'glorot': {
        const bound = Math.sqrt(6 / (fanIn(layer) + fanOut(layer)));
        return { weight: randomUniform(weightShape(layer), bound, keys), bias: zeroBias(layer) };
      }
      case 'he': {
        const fan = settings.fan === 'in' ? fanIn(layer) : fanOut(layer);
        return { weight: randomNormal(weightShape(layer), Math.sqrt(2 / fan), keys), bias: zeroBias(layer) };
      }
      case 'lsuv': {
        const shape = weightShape(layer);
        using drawn = randomNormal([fanIn(layer), layer.outputs], 1, keys);
        using weight = orthonormal(drawn);
        return { weight: weight.reshape([...shape]), bias: zeroBias(layer) };
      }
      case 'pytorch': {
        const bound = 1 / Math.sqrt(fanIn(layer));
        const weight = randomUniform(weightShape(layer), bound, keys);
        if (layer.kind === 'conv' && layer.normalisation !== null) return { weight, bias: zeroBias(layer) };
        const biasKeys = statelessSeed(seed, 'initialisation', ...position, 0);
        return { weight, bias: randomUniform([layer.outputs], bound, biasKeys) };
      }
    }
  };
}

function zeroBias(layer: ParametricLayer): Tensor {
  return tensorflow().tf.zeros([layer.outputs]);
}

function fanOut(layer: ParametricLayer): number {
  return layer.kind === 'conv' ? layer.kernel * layer.kernel * layer.outputs : layer.outputs;
}
