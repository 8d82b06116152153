import type { ErrorReport } from '../../foundation/errors.ts';
import type { PairedComparison } from '../../workbench/contract.ts';
import { reportOf } from './output/reports.ts';
import type { Session } from './Session.ts';

/** A run against another image by image, or why that is not known. */
export type PairedRun = { run: string; against: string } & (
  { paired: PairedComparison; problem: null } | { paired: null; problem: ErrorReport }
);

/** What is only missing: all else is an error of the whole comparison. */
const missing: readonly string[] = ['predictions-missing', 'predictions-unreadable', 'claims-other-images'];

/** Each of the others against the first, by each run's own evaluation. */
export async function pairedRuns(
  { client }: Session,
  [against, ...others]: readonly string[],
): Promise<PairedRun[]> {
  const all: PairedRun[] = [];
  for (const run of against === undefined ? [] : others) {
    const place = { run, against: against ?? '' };
    try {
      const paired = await client.claims.compare({ first: run, second: place.against });
      all.push({ ...place, paired, problem: null });
    } catch (error) {
      const problem = reportOf(error);
      if (!missing.includes(problem.code)) throw error;
      all.push({ ...place, paired: null, problem });
    }
  }
  return all;
}
