import { normalQuantile, studentQuantile } from './distributions.ts';
import type { Evidence } from './evidence.ts';
import type { Region } from './decision.ts';

/** No study trains a net more often. */
const mostSeeds = 1000;

/**
 * What would decide a claim if the difference stays as it was measured: the number of images at the observed discordance,
 * and the number of seeds at the observed deviation. Null where no number would, or none follows.
 *
 * @param level of the test: 0.05, or less among several claims
 */
export function toDecide(
  { kind, margin }: Region,
  evidence: Evidence,
  level: number,
): { images: number | null; seeds: number | null } {
  const { discordance, deviation, seeds } = evidence;
  const effect = evidence.weakest ?? evidence.effect;
  const distance = Math.abs((kind === 'equal' ? Math.abs(effect) : effect) - margin);
  const oneSided = kind === 'equal' && Math.abs(effect) < margin;
  const probability = 1 - (oneSided ? level : level / 2);
  if (distance === 0) return { images: null, seeds: null };
  // Seeds average out a part of the chance that images have; what they leave is at most this.
  const images =
    seeds > 1 ? null : Math.ceil(discordance * ((100 * normalQuantile(probability)) / distance) ** 2);
  return { images, seeds: deviation === null ? null : seedsFor(distance, deviation, probability) };
}

function seedsFor(distance: number, deviation: number, probability: number): number | null {
  for (let seeds = 2; seeds <= mostSeeds; seeds++) {
    if (studentQuantile(probability, seeds - 1) * (deviation / Math.sqrt(seeds)) < distance) return seeds;
  }
  return null;
}
