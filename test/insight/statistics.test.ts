import { describe, expect, it } from 'vitest';
import { quantise } from '../../src-main/insight/quantise.ts';
import { channelStatistics, pooledStatistics } from '../../src-main/insight/statistics.ts';

// Two channels, by hand: 1, 2, 3, 6 and 0, 0, 0, 0.
const values = Float32Array.of(1, 0, 2, 0, 3, 0, 6, 0);

describe('statistics', () => {
  it('are those of each channel, worked out by hand', () => {
    expect(channelStatistics(values, 2)).toEqual([
      { least: 1, greatest: 6, mean: 3, deviation: Math.sqrt(14 / 4), zero: 0 },
      { least: 0, greatest: 0, mean: 0, deviation: 0, zero: 1 },
    ]);
  });

  it('add up to those of all values taken as one channel', () => {
    const [together] = channelStatistics(values, 1);
    const pooled = pooledStatistics(channelStatistics(values, 2));
    expect(pooled.deviation).toBeCloseTo(together?.deviation ?? NaN, 12);
    expect({ ...pooled, deviation: 0 }).toEqual({ ...together, deviation: 0 });
  });

  it('say that something is no number', () => {
    expect(channelStatistics(Float32Array.of(1, NaN), 1)[0]?.mean).toBeNaN();
  });
});

describe('quantise', () => {
  it('puts channels one after the other, each from its least to its greatest', () => {
    expect([...quantise(values, channelStatistics(values, 2))]).toEqual([0, 51, 102, 255, 0, 0, 0, 0]);
  });
});
