import { describe, expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { layerBars } from '../../../src-renderer/format/layerBars.ts';

const net = describeNetwork({ config: 'D', width: 1, crop: 224, classes: 1000 });

describe('the bars of a net', () => {
  it('are its layers with weights, side by side over the whole width', () => {
    const bars = layerBars(net, { width: 300, height: 80 });
    expect(bars).toHaveLength(16);
    bars.slice(1).forEach((bar, index) => {
      const before = bars[index];
      expect(bar.x).toBeGreaterThan((before?.x ?? 0) + (before?.width ?? 0));
    });
    const last = bars.at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(300);
  });

  it('are as high as the map, by the root, and say what they show', () => {
    const [first, , third] = layerBars(net, { width: 300, height: 80 });
    expect(first).toMatchObject({ height: 80, title: 'conv1_1: 224 × 224 × 64' });
    // After one pooling the side is half.
    expect(third?.height).toBeCloseTo(80 * Math.SQRT1_2);
  });
});
