import { multipliesBfloat16, ownKernels } from '../../src-main/engine/kernels.ts';
import { openTensorFlow, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { goldenFile, goldenParameters, readImages } from '../support/golden.ts';
import { testEngineFiles } from '../support/engine.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { softmaxCrossEntropy } from '../../src-main/engine/ops/loss.ts';
import { Network } from '../../src-main/vgg/Network.ts';

/*
 * Trains a small net D for a step and scores the images again: prints which kernels did it, and the scores. Program of
 * kernels.engine.test.ts.
 */

openTensorFlow((await testEngineFiles()).addon);
const file = goldenFile('D');
const parameters = goldenParameters('D', file);
const network = new Network(parameters);
const optimiser = new MomentumSgd(parameters.variables(), { momentum: 0.9, weightDecay: 5e-4 });
const images = readImages(file, 'input.nchw');
const labels = tensorflow().tf.tensor1d(file.readInt32('labels'), 'int32');
const { gradient } = softmaxCrossEntropy(network.forward(images, { training: true }), labels);
network.backward(gradient, {
  sink: (parameter, byParameter) => {
    optimiser.apply(parameter, byParameter, 0.01);
  },
});
const scores = network.forward(images).dataSync<'float32'>();
console.log(JSON.stringify({ own: ownKernels(), bfloat16: multipliesBfloat16(), scores: [...scores] }));
