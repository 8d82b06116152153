import { beforeAll, describe, expect, it } from 'vitest';
import { whyNotDeeper } from '../../src-main/vgg/identity.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { Parameters, type Initialiser } from '../../src-main/vgg/Parameters.ts';
import { copyWeights } from '../../src-main/vgg/weights/load.ts';
import { openTestEngine } from '../support/engine.ts';
import { asWeights } from '../../src-main/weights/safetensorsWeights.ts';
import { goldenArchitecture, goldenFile, readImages, relativeDifference } from '../support/golden.ts';

beforeAll(openTestEngine);

const nothing: Initialiser = ({ name }) => {
  throw new Error(`${name} is neither copied nor an identity.`);
};

describe('a net that begins as net A', () => {
  it.each(['B', 'C', 'D', 'E'] as const)(
    "%s gives the logits that PyTorch computed of A's weights",
    (config) => {
      const file = goldenFile('A');
      const architecture = goldenArchitecture(config);
      using parameters = new Parameters(
        architecture,
        copyWeights(asWeights(file), architecture, 'net-a-identity', nothing),
      );
      const images = readImages(file, 'input.nchw');
      const network = new Network(parameters);
      const logits = network.forward(images).dataSync<'float32'>();
      network.release();
      expect(relativeDifference(logits, file.read('logits'))).toBeLessThan(1e-4);
    },
  );

  it.each([
    ['E-skip', 'shortcuts'],
    ['E-gap', 'fc6'],
    ['D-7x7', 'conv3_1'],
    ['plain-34', 'conv1_1'],
  ] as const)('%s is none, and refused by what it lacks', (config, fact) => {
    const size = { ...goldenArchitecture('A'), config };
    expect(whyNotDeeper(size)).toContain(fact);
    expect(() => copyWeights(asWeights(goldenFile('A')), size, 'net-a-identity', nothing)).toThrow(fact);
  });
});
