import type { ValueStatistics } from '../vocabulary/valueStatistics.ts';

/**
 * Channels as 8-bit images, each scaled by itself: 0 is its least value, 255 its greatest. A constant channel is 0.
 *
 * @param values [positions, channels]
 * @param channels the statistics of each channel
 * @returns [channels, positions]
 */
export function quantise(
  values: Float32Array,
  channels: readonly ValueStatistics[],
): Uint8Array<ArrayBuffer> {
  const positions = values.length / channels.length;
  const bytes = new Uint8Array(values.length);
  for (const [channel, { least, greatest }] of channels.entries()) {
    const factor = greatest > least ? 255 / (greatest - least) : 0;
    for (let position = 0; position < positions; position++) {
      const value = values[position * channels.length + channel] ?? NaN;
      bytes[channel * positions + position] = Math.round((value - least) * factor);
    }
  }
  return bytes;
}
