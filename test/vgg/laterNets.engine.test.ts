import { beforeAll, describe, expect, it } from 'vitest';
import { softmaxCrossEntropy } from '../../src-main/engine/ops/loss.ts';
import { scale } from '../../src-main/engine/ops/pointwise.ts';
import { tensorflow } from '../../src-main/engine/tensorflow.ts';
import { posteriors } from '../../src-main/evaluation/posterior.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { storedTensors, toTorchvision } from '../../src-main/vgg/weights/layout.ts';
import { openTestEngine } from '../support/engine.ts';
import {
  goldenFile,
  goldenParameters,
  laterNets,
  readImages,
  relativeDifference,
} from '../support/golden.ts';

beforeAll(openTestEngine);

// Training steps of these nets are compared in golden.test.ts.
describe.each(laterNets)('net %s against PyTorch', (config) => {
  const file = goldenFile(config);

  it('answers the same score map and dense posterior', () => {
    const network = new Network(goldenParameters(config, file));
    const images = readImages(file, 'dense.input.nchw');
    const scoreMap = network.scoreMap(images);
    expect(scoreMap.shape).toEqual([1, 2, 3, 10]);
    const expected = readImages(file, 'dense.score_map');
    expect(relativeDifference(scoreMap.dataSync(), expected.dataSync())).toBeLessThan(1e-4);

    const settings = { pass: 'dense', average: 'before-softmax', horizontalFlip: true } as const;
    const posterior = posteriors(network, images, 64, settings);
    expect(relativeDifference(posterior.dataSync(), file.read('dense.posterior'))).toBeLessThan(1e-5);
  });

  it('gives the same gradients computed layer by layer', () => {
    const parameters = goldenParameters(config, file);
    const network = new Network(parameters, { layerByLayer: true });
    const logits = network.forward(readImages(file, 'input.nchw'), { training: true });
    const target = tensorflow().tf.tensor1d(file.readInt32('labels'), 'int32');
    const names = new Map(
      parameters
        .parametricLayers()
        .flatMap((layer) =>
          storedTensors(layer).map(
            ({ name, isWeight, of }) => [of(parameters.of(layer)), { name, isWeight, layer }] as const,
          ),
        ),
    );
    let compared = 0;
    network.backward(scale(softmaxCrossEntropy(logits, target).gradient, 1 / 4), {
      sink: (parameter, gradient) => {
        const { name = '', isWeight = false, layer } = names.get(parameter) ?? {};
        const values = isWeight && layer ? toTorchvision(layer, gradient) : gradient.dataSync();
        expect(relativeDifference(values, file.read(`grad.${name}`)), name).toBeLessThan(1e-4);
        gradient.dispose();
        compared++;
      },
    });
    expect(compared).toBe(parameters.variables().length);
  });
});

it.each(['plain-34', 'resnet-34'] as const)('net %s uses the running statistics at test time', (config) => {
  const file = goldenFile(config);
  const logits = new Network(goldenParameters(config, file)).forward(readImages(file, 'input.nchw'));
  expect(relativeDifference(logits.dataSync(), file.read('logits.inference'))).toBeLessThan(1e-4);
  // Those of the batch give others.
  expect(relativeDifference(logits.dataSync(), file.read('logits'))).toBeGreaterThan(0.1);
});
