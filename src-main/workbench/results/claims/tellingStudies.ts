import type { Claim } from '../../../claims/definition.ts';
import type { RunLog } from '../../../runs/RunLog.ts';
import { comparisonOf } from '../../../studies/title.ts';
import { studySource, type RunSource } from './runSources.ts';

/**
 * Of the studies of the paper's tables, and of those of each comparison, the one whose scored runs stand on all sides of most
 * claims; of several such the newest. So a study that has just been started does not hide an older one that is whole.
 */
export function tellingStudies(
  log: RunLog,
  claims: readonly Claim[],
): { sources: RunSource[]; passedOver: string[] } {
  const kinds = Map.groupBy(log.studies.list(), (study) => comparisonOf(study)?.name ?? 'tables');
  const chosen = new Map<string, RunSource>();
  const passedOver: string[] = [];
  for (const [kind, studies] of kinds) {
    const telling = mostTelling(
      log,
      claims,
      studies.map(({ id }) => id),
    );
    if (!telling) continue;
    chosen.set(kind, telling);
    const [newest] = studies;
    if (newest && newest.id !== telling.study) passedOver.push(newest.id);
  }
  const { tables, ...comparisons } = Object.fromEntries(chosen);
  return { sources: [...(tables ? [tables] : []), ...Object.values(comparisons)], passedOver };
}

/** @param ids newest first */
function mostTelling(log: RunLog, claims: readonly Claim[], ids: readonly string[]): RunSource | undefined {
  let telling: { source: RunSource; count: number } | undefined;
  for (const id of ids) {
    const source = studySource(log, id);
    const about = claims.filter((claim) => sidesIn(source, claim) !== undefined);
    const count = about.filter((claim) => isScored(log, source, claim)).length;
    if (!telling || count > telling.count) telling = { source, count };
    // No older one can tell more.
    if (count === about.length) break;
  }
  return telling?.source;
}

/** The trainings of all sides of a claim; undefined where it is not about such a study. */
function sidesIn({ trainingsOf }: RunSource, claim: Claim) {
  if (claim.kind === 'computed') return undefined;
  const sides = claim.sides.map((side) => ('id' in side ? undefined : trainingsOf(side)));
  return sides.every((side) => side !== undefined) ? sides.flat() : undefined;
}

function isScored(log: RunLog, source: RunSource, claim: Claim): boolean {
  return (
    sidesIn(source, claim)?.every(({ runs }) =>
      runs.some(({ run }) => log.evaluations.of(run.id).length > 0),
    ) ?? false
  );
}
