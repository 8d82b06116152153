import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { describeNetwork } from '../../src-main/vgg/describe.ts';
import { fanIn, weightShape } from '../../src-main/vgg/layers.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { configurations } from '../../src-main/vocabulary/configurations.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

describe.each(configurations)('net %s', (config) => {
  // 100 is halved to odd sides, which pools round down and padded strides up.
  it.each([64, 100])('puts out at crop %i what is described, layer by layer in that order', (crop) => {
    const { tf } = tensorflow();
    const architecture = { config, width: 1 / 32, crop, classes: 3 };
    const parameters = new Parameters(architecture, (layer) => ({
      weight: tf.fill(weightShape(layer), 1 / fanIn(layer)),
      bias: tf.zeros([layer.outputs]),
    }));
    const images = tf.ones([1, crop, crop, 3]);
    const before = liveTensors();
    const found: [string, number[]][] = [];
    const network = new Network(parameters, { layerByLayer: true });
    network.forward(images, {
      watch: ({ name }, { shape }) => {
        const [, height = 1, width = 1, channels] = shape.length === 4 ? shape : [1, 1, 1, shape[1]];
        found.push([name, [height, width, channels ?? NaN]]);
      },
    });
    network.release();
    expect(liveTensors()).toBe(before);
    const { layers } = describeNetwork(architecture);
    expect(found).toEqual(layers.map(({ name, output }) => [name, output]));
    parameters.dispose();
  });
});
