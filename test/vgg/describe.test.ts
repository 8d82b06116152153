import { describe, expect, it } from 'vitest';
import { describeNetwork } from '../../src-main/vgg/describe.ts';
import {
  configurations,
  normalisedNets,
  type Configuration,
} from '../../src-main/vocabulary/configurations.ts';

const atPaperSize = (config: Configuration) =>
  describeNetwork({ config, width: 1, crop: 224, classes: 1000 });

/** The counts of Table 2, exact: torchvision's models have the same. B with 5×5 layers: Sect. 4.1, added up by hand. */
const expected: Record<Configuration, { depth: number; parameters: number; gigaMacs: number }> = {
  A: { depth: 11, parameters: 132_863_336, gigaMacs: 7.609 },
  'A-LRN': { depth: 11, parameters: 132_863_336, gigaMacs: 7.609 },
  B: { depth: 13, parameters: 133_047_848, gigaMacs: 11.308 },
  C: { depth: 16, parameters: 133_638_952, gigaMacs: 11.771 },
  D: { depth: 16, parameters: 138_357_544, gigaMacs: 15.47 },
  E: { depth: 19, parameters: 143_667_240, gigaMacs: 19.632 },
  'B-5x5': { depth: 8, parameters: 134_503_528, gigaMacs: 9.356 },
  // D's first four convolutions and FC part, and 7²·C·C' + C' for each wide layer, by hand.
  'D-7x7': { depth: 10, parameters: 144_777_512, gigaMacs: 17.423 },
  'E-skip': { depth: 19, parameters: 143_667_240, gigaMacs: 19.632 },
  // E without its FC part, and 512·1000 + 1000.
  'E-gap': { depth: 17, parameters: 143_667_240 - 123_642_856 + 513_000, gigaMacs: 19.509 },
  // torchvision's resnet34; without its projections, 173,824 parameters.
  'plain-34': { depth: 34, parameters: 21_623_848, gigaMacs: 3.644 },
  'resnet-34': { depth: 34, parameters: 21_797_672, gigaMacs: 3.664 },
};

describe('describeNetwork', () => {
  it.each(Object.entries(expected))(
    'counts %s as the paper does',
    (config, { depth, parameters, gigaMacs }) => {
      const description = atPaperSize(config as Configuration);
      expect(description.depth).toBe(depth);
      expect(description.parameters).toBe(parameters);
      expect(description.macs / 1e9).toBeCloseTo(gigaMacs, 3);
    },
  );

  it('counts the FC part alone', () => {
    const fc = atPaperSize('D').layers.filter(({ kind }) => kind === 'fc');
    expect(fc.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(123_642_856);
  });

  it('follows the receptive field: 7×7 after three 3×3 layers (Sect. 2.3)', () => {
    const field = (name: string) =>
      atPaperSize('D').layers.find((layer) => layer.name === name)?.receptiveField;
    // By hand: +2 a 3×3 layer at stride 1, doubled after each pool; conv3 starts at 14 pixels with stride 4.
    expect(field('conv1_2')).toBe(5);
    expect(field('pool1')).toBe(6);
    expect(field('conv2_2')).toBe(14);
    expect(field('conv3_3')).toBe(40);
    expect(field('pool5')).toBe(212);
    expect(field('fc6')).toBe(404);
  });

  it('follows shapes down to an odd map, and at crop 56 to one position', () => {
    const outputs = describeNetwork({ config: 'A', width: 0.25, crop: 56, classes: 10 }).layers.map(
      ({ name, output }) => [name, output.join('×')],
    );
    expect(Object.fromEntries(outputs)).toMatchObject({
      conv1_1: '56×56×16',
      pool3: '7×7×64',
      pool4: '3×3×128',
      pool5: '1×1×128',
      fc6: '1×1×1024',
      fc8: '1×1×10',
    });
  });
});

it('the nets that are said to be normalised are those that have such layers', () => {
  const found = configurations.filter((net) => atPaperSize(net).layers.some(({ normalised }) => normalised));
  expect(new Set(found)).toEqual(normalisedNets);
});
