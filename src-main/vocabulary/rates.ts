/**
 * From what a rate is known, the surest first:
 * - `measured`: this net was trained on this processor with as many threads and processes, alone or beside others as it would be.
 * - `scaled`: another net was, and the rate is scaled by the work.
 * - `unlike`: measured with another number of threads or processes, beside other programs, or without a note of these.
 */
export const rateSources = ['measured', 'scaled', 'unlike'] as const;
export type RateSource = (typeof rateSources)[number];

/** What the time of a run follows from. */
export interface RunRate {
  /** Images a second in training. */
  imagesPerSecond: number;
  /** Crops a second in validation and evaluation, each once through the net. */
  cropsPerSecond: number;
  /** From its start to its first step at full speed: its processes, its images, its kernels. */
  startSeconds: number;
}

export interface KnownRate extends RunRate {
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
    measured: 'measured with these nets on as many threads, the fastest of the latest five runs of each',
    scaled: 'scaled by work from another net on as many threads',
    unlike: 'otherwise measured: on other threads, beside other work, or without a note of how',
  } as const satisfies Record<RateSource, string>;
  return rateSources
    .filter((source) => sources.includes(source))
    .map((source) => meanings[source])
    .join('; ');
}

/** What times of plans leave out. */
const imagesNotCounted =
  'Times are for a machine that does nothing else. Rates of earlier runs include waiting for their images; those of bench do not, and large photographs can then take longer than the net.';

/** From which rates the times of a plan follow, and what they leave out. @param threads in each process of a run */
export function ratesNote(sources: readonly RateSource[], threads: number | null = null, atOnce = 1): string {
  const on = threads === null ? '' : `, on ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const how = atOnce > 1 ? `${atOnce} nets at once` : 'one net after the other';
  return `Times are for ${how}${on}. Rates: ${rateMeanings(sources)}. ${imagesNotCounted}`;
}
