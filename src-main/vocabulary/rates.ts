/**
 * From what a rate is known, the surest first:
 * - `measured`: this net was trained on this processor, alone, with as many threads and processes.
 * - `scaled`: another net was, and the rate is scaled by the work.
 * - `unlike`: measured with another number of threads or processes, beside other runs, or without a note of these.
 */
export const rateSources = ['measured', 'scaled', 'unlike'] as const;
export type RateSource = (typeof rateSources)[number];

/** Training images a second. */
export interface KnownRate {
  imagesPerSecond: number;
  from: RateSource;
}

/** That of several which is the least sure. */
export function leastSure(sources: readonly RateSource[]): RateSource {
  return rateSources.findLast((source) => sources.includes(source)) ?? 'measured';
}

export const rateWords = {
  measured: 'measured',
  scaled: 'by work',
  unlike: 'otherwise measured',
} as const satisfies Record<RateSource, string>;

/** What each of these words means. */
function rateMeanings(sources: readonly RateSource[]): string {
  const meanings = {
    measured: 'measured with these nets, each alone on as many threads',
    scaled: 'scaled by work from another net, alone on as many threads',
    unlike: 'otherwise measured: on other threads, beside other runs, or without a note of how',
  } as const satisfies Record<RateSource, string>;
  return rateSources
    .filter((source) => sources.includes(source))
    .map((source) => meanings[source])
    .join('; ');
}

/** What times of plans leave out. */
const imagesNotCounted =
  'Rates of earlier runs include waiting for their images; those of bench do not, and large photographs can then take longer than the net.';

/** From which rates the times of a plan follow, and what they leave out. @param threads in each process of a run */
export function ratesNote(sources: readonly RateSource[], threads: number | null = null, atOnce = 1): string {
  const on = threads === null ? '' : `, on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const how = atOnce > 1 ? `${atOnce} nets at once` : 'one net after the other';
  return `Times are for ${how}${on}. Rates: ${rateMeanings(sources)}. ${imagesNotCounted}`;
}
