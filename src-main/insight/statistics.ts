import type { ValueStatistics } from '../vocabulary/valueStatistics.ts';

/**
 * Statistics channel by channel. The mean is computed first and the deviation in a second pass: the difference of two
 * sums of squares would lose a small deviation beside a large mean.
 *
 * @param values [positions, channels], the channels of a position adjacent
 */
export function channelStatistics(values: Float32Array, channels: number): ValueStatistics[] {
  const positions = values.length / channels;
  const least = new Float64Array(channels).fill(Infinity);
  const greatest = new Float64Array(channels).fill(-Infinity);
  const sums = new Float64Array(channels);
  const zeros = new Float64Array(channels);
  for (let start = 0; start < values.length; start += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[start + channel] ?? NaN;
      if (value < (least[channel] ?? NaN)) least[channel] = value;
      if (value > (greatest[channel] ?? NaN)) greatest[channel] = value;
      if (value === 0) zeros[channel] = (zeros[channel] ?? 0) + 1;
      sums[channel] = (sums[channel] ?? 0) + value;
    }
  }
  const means = sums.map((sum) => sum / positions);
  const squares = new Float64Array(channels);
  for (let start = 0; start < values.length; start += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const gap = (values[start + channel] ?? NaN) - (means[channel] ?? NaN);
      squares[channel] = (squares[channel] ?? 0) + gap * gap;
    }
  }
  return Array.from(means, (mean, channel) => ({
    least: least[channel] ?? NaN,
    greatest: greatest[channel] ?? NaN,
    mean,
    deviation: Math.sqrt((squares[channel] ?? NaN) / positions),
    zero: (zeros[channel] ?? NaN) / positions,
  }));
}

/** Statistics of all values together, from the statistics of parts of equal size. */
export function pooledStatistics(parts: readonly ValueStatistics[]): ValueStatistics {
  const average = (pick: (part: ValueStatistics) => number) =>
    parts.reduce((sum, part) => sum + pick(part), 0) / parts.length;
  const mean = average((part) => part.mean);
  return {
    least: parts.reduce((least, part) => Math.min(least, part.least), Infinity),
    greatest: parts.reduce((greatest, part) => Math.max(greatest, part.greatest), -Infinity),
    mean,
    deviation: Math.sqrt(average((part) => part.deviation ** 2 + (part.mean - mean) ** 2)),
    zero: average((part) => part.zero),
  };
}
