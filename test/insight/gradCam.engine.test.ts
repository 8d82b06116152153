import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { slice, transpose } from '../../src-main/engine/ops/shape.ts';
import { liveTensors, tensorflow, type Tensor } from '../../src-main/engine/tensorflow.ts';
import { SafetensorsFile } from '../../src-main/foundation/safetensors.ts';
import { outputOf } from '../../src-main/insight/forward.ts';
import { gradCam, throughLayer } from '../../src-main/insight/gradCam.ts';
import { enlarge } from '../../src-main/insight/resample.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { openTestEngine } from '../support/engine.ts';
import {
  goldenFile,
  goldenParameters,
  readImages,
  referenceFolder,
  relativeDifference,
} from '../support/golden.ts';

beforeAll(openTestEngine);

/** By PyTorch's autograd, see test/reference. */
const golden = () => new SafetensorsFile(join(referenceFolder, 'lookInside.safetensors'));
const label = 3;

function open(config: 'A' | 'D' | 'E') {
  const file = goldenFile(config);
  const parameters = goldenParameters(config, file);
  const images = readImages(file, 'input.nchw');
  const image = slice(images, [0, 0, 0, 0], [1, 64, 64, 3]);
  images.dispose();
  return { parameters, image };
}

/** [1, height, width, channels] as PyTorch lays it out. */
function channelsFirst(maps: Tensor): Float32Array {
  const turned = transpose(maps, [0, 3, 1, 2]);
  const values = turned.dataSync<'float32'>();
  turned.dispose();
  return values;
}

describe.each([
  ['A', 'conv5_2'],
  ['D', 'conv5_3'],
  ['E', 'conv5_4'],
] as const)('net %s', (config, last) => {
  it.each(['conv3_1', last])("has PyTorch's gradient of a logit by %s, and its Grad-CAM", (layer) => {
    const { parameters, image } = open(config);
    const expected = golden();
    const before = liveTensors();
    const { activation, gradient, score } = throughLayer(parameters, image, layer, label);
    const gap = relativeDifference(channelsFirst(gradient), expected.read(`${config}.${layer}.gradient`));
    expect(gap).toBeLessThan(1e-4);
    const logits = expected.read(`${config}.logits`);
    expect(score.logit).toBeCloseTo(logits[label] ?? NaN, 4);
    activation.dispose();
    gradient.dispose();

    const { map, overInput } = gradCam(parameters, image, layer, label);
    expect(relativeDifference(map.values, expected.read(`${config}.${layer}.cam`))).toBeLessThan(1e-4);
    expect(relativeDifference(overInput, expected.read(`${config}.${layer}.overInput`))).toBeLessThan(1e-4);
    expect(gradCam(parameters, image, layer, null).label).toBe(logits.indexOf(Math.max(...logits)));
    expect(liveTensors()).toBe(before);
    parameters.dispose();
    image.dispose();
  });

  it("has PyTorch's gradient of a logit by the image", () => {
    const { parameters, image } = open(config);
    const network = new Network(parameters, { layerByLayer: true });
    const logits = network.forward(image);
    const oneHot = Float32Array.from({ length: 10 }, (_, at) => (at === label ? 1 : 0));
    const gradient = tensorflow().tf.tensor(oneHot, logits.shape, 'float32');
    const byImage = network.backward(gradient, { toImages: true });
    if (!byImage) throw new Error('It was asked for.');
    const gap = relativeDifference(channelsFirst(byImage), golden().read(`${config}.input`));
    expect(gap).toBeLessThan(1e-4);
    for (const tensor of [byImage, image]) tensor.dispose();
    parameters.dispose();
  });
});

it.each([
  ['E-gap', 'pool5'],
  ['resnet-34', 'add5_3'],
] as const)(
  'of the last map of %s, which is averaged, is the class activation map (Zhou et al. 2016): weights times maps',
  (config, last) => {
    const file = goldenFile(config);
    const parameters = goldenParameters(config, file);
    const images = readImages(file, 'input.nchw');
    const image = slice(images, [1, 0, 0, 0], [1, 64, 64, 3]);
    const output = outputOf(parameters, image, last);
    const [, height = 0, width = 0, channels = 0] = output.shape;
    const maps = output.dataSync<'float32'>();
    const layer = parameters.layers.at(-1);
    if (layer?.kind !== 'fc') throw new Error('The last layer is fully connected.');
    const weights = parameters.of(layer).weight.with((matrix) => matrix.dataSync<'float32'>());
    const expected = Array.from({ length: height * width }, (_, position) => {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        sum += (weights[channel * 10 + label] ?? NaN) * (maps[position * channels + channel] ?? NaN);
      }
      return Math.max(0, sum) / (height * width);
    });
    const { map } = gradCam(parameters, image, last, label);
    expect(map).toMatchObject({ height, width });
    expect(Math.max(...expected)).toBeGreaterThan(0);
    expect(relativeDifference(map.values, expected)).toBeLessThan(1e-4);
    for (const tensor of [images, image, output]) tensor.dispose();
    parameters.dispose();
  },
);

it('refuses a class the net has not', () => {
  const { parameters, image } = open('A');
  const before = liveTensors();
  expect(() => gradCam(parameters, image, 'conv5_2', 10)).toThrow('The net has no class 10.');
  expect(liveTensors()).toBe(before);
  parameters.dispose();
  image.dispose();
});

it('enlarges a map that does not divide the input', () => {
  // torch.nn.functional.interpolate of [[0, 3, 6]] to 1 × 5 along the width, by hand: places −0.2 → 0, 0.4, 1, 1.6, 2.2 → 2.
  const values = enlarge({ height: 1, width: 3, values: Float32Array.of(0, 3, 6) }, 5);
  [0, 1.2, 3, 4.8, 6].forEach((value, column) => {
    expect(values[column]).toBeCloseTo(value, 6);
    expect(values[20 + column]).toBeCloseTo(value, 6);
  });
});
