import { describe, expect, it } from 'vitest';
import { describeNetwork } from '../../../src-main/vgg/describe.ts';
import { layerBars } from '../../../src-renderer/shared/layerBars.ts';

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

  it('leave out sums and projections, and step down where a stride halves the map', () => {
    const residual = describeNetwork({ config: 'resnet-34', width: 1, crop: 224, classes: 1000 });
    const bars = layerBars(residual, { width: 300, height: 80 });
    expect(bars).toHaveLength(34);
    const gapBefore = (name: string) => {
      const index = bars.findIndex((bar) => bar.name === name);
      const [before, bar] = [bars[index - 1], bars[index]];
      return (bar?.x ?? 0) - (before?.x ?? 0) - (before?.width ?? 0);
    };
    expect(gapBefore('conv3_1')).toBeCloseTo(4 * gapBefore('conv3_2'));
  });
});
