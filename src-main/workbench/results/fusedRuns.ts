import { sameEvaluation, type RequestedEvaluation } from '../../configuration/evaluations.ts';
import { hasPosteriors, posteriorsPath } from '../../runs/folder/keptPosteriors.ts';
import { predictionsKey } from '../../runs/folder/predictionsFile.ts';
import type { FusionPart } from '../../runs/fusePosteriors.ts';
import { isScoredAsOwn } from '../../runs/ownEvaluation.ts';
import type { Evaluation, Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';

/** A run's latest evaluation in the requested way, on its own images, and its posteriors if they are kept. */
export function scoredRun(
  log: RunLog,
  run: Run,
  requested: RequestedEvaluation,
): { evaluation: Evaluation | null; posteriors: FusionPart | null } {
  const folder = log.folder(run.id);
  const evaluation =
    log.evaluations.of(run.id).findLast((one) => isScoredAsOwn(run, one) && sameEvaluation(requested, one)) ??
    null;
  if (evaluation === null) return { evaluation, posteriors: null };
  const key = predictionsKey(evaluation);
  const isKept = hasPosteriors(folder, key);
  return { evaluation, posteriors: isKept ? { run: run.id, path: posteriorsPath(folder, key) } : null };
}
