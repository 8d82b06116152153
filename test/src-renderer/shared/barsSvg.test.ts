import { expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { barsSvg } from '../../../src-renderer/shared/barsSvg.ts';

it('draws a bar and a name for each layer with weights, as an SVG that stands alone', () => {
  const svg = barsSvg(describeNetwork({ config: 'D', width: 1, crop: 224, classes: 1000 }), 'serif');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="752"/);
  expect(svg).toContain('font-family="serif"');
  expect(svg.match(/<rect x=/g)).toHaveLength(16);
  expect(svg).toContain('>Net D, crop 224: 16 layers with weights</text>');
  expect(svg).toContain('<title>conv3_3: 56 × 56 × 256</title>');
  expect(svg).toContain('>fc8</text>');
});
