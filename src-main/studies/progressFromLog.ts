import { sameEvaluation, type RequestedEvaluation } from '../configuration/evaluations.ts';
import { stepsPerEpoch } from '../configuration/stepsPerEpoch.ts';
import { hasPosteriors } from '../runs/folder/keptPosteriors.ts';
import { predictionsKey } from '../runs/folder/predictionsFile.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';
import { isScoredAsOwn } from '../runs/ownEvaluation.ts';
import type { Evaluation, Run } from '../runs/records.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { isResult, type PlannedRun } from './PlannedRun.ts';
import { notStarted, type StudyRunProgress, type StudySnapshot } from './StudyProgress.ts';

/** The progress of a study's runs according to the log; a deleted run counts as never made. */
export function progressFromLog(log: RunLog, study: string, plan: readonly PlannedRun[]): StudyRunProgress[] {
  const kept = log.studies.runsOf(study).filter(({ runId }) => log.runs.has(runId));
  const runIds = new Map(kept.map(({ key, runId }) => [key, runId]));
  const progress = new Map<string, StudyRunProgress>();
  for (const planned of plan) {
    const runId = runIds.get(planned.key);
    const run = runId === undefined ? notStarted(planned) : progressOfRun(log, planned, runId);
    const source = planned.dependsOn === null ? undefined : progress.get(planned.dependsOn);
    const isUnbegun = run.status === 'queued' && run.done === 0;
    const isBlocked =
      isUnbegun && source !== undefined && ['failed', 'diverged', 'blocked'].includes(source.status);
    progress.set(planned.key, isBlocked ? { ...run, status: 'blocked' } : run);
  }
  return [...progress.values()];
}

/** The overview of a study that is not under way here. */
export function snapshotFromLog(log: RunLog, id: string, plan: readonly PlannedRun[]): StudySnapshot {
  return { id, runs: progressFromLog(log, id, plan), activity: null, seconds: 0, etaSeconds: null };
}

/** The progress of one run of a study, which has been made. */
export function progressOfRun(log: RunLog, planned: PlannedRun, runId: string): StudyRunProgress {
  const run = log.runs.get(runId);
  const { epochs, batch } = planned.config.training;
  const latest = new Map(log.metrics.summaries(runId).map((series) => [series.name, series.latest]));
  const own = log.evaluations.of(runId).filter((evaluation) => isScoredAsOwn(run, evaluation));
  const step = latest.get('train/loss')?.step ?? 0;
  const steps = run.dataset === null ? null : stepsPerEpoch(run.dataset.trainImages, batch);
  const validation = latest.get('val/top1Error');
  const shared = {
    key: planned.key,
    runId,
    epochs,
    loss: latest.get('train/loss')?.value ?? null,
    error: run.error,
    jobStatus: null,
  };
  const top1Error = firstError(own, planned);
  if (run.status === 'failed' && isResult(planned, run.error)) {
    const epoch = steps === null || epochs === 0 ? 0 : Math.floor(step / steps);
    return { ...shared, status: 'diverged', done: 1, epoch, imagesPerSecond: null, top1Error };
  }
  if (isComplete(run, own, planned, log.folder(runId))) {
    return { ...shared, status: 'finished', done: 1, epoch: epochs, imagesPerSecond: null, top1Error };
  }
  return {
    ...shared,
    // A run trained outside the study may lack evaluations that the tables need.
    status: run.status === 'finished' ? 'queued' : run.status,
    // A finished run that stopped early will not be trained further.
    done: run.status === 'finished' ? 1 : steps === null ? 0 : Math.min(1, step / (steps * epochs)),
    epoch: steps === null ? 0 : Math.floor(step / steps),
    imagesPerSecond: run.status === 'running' ? (latest.get('imagesPerSecond')?.value ?? null) : null,
    top1Error:
      top1Error ?? (validation === undefined ? null : { percent: validation.value, protocol: 'centre-crop' }),
  };
}

/** Whether a run is trained to the end and evaluated in every requested way, with posteriors where requested. */
function isComplete(
  run: Run,
  own: readonly Evaluation[],
  { evaluations }: PlannedRun,
  folder: RunFolder,
): boolean {
  const answers = (requested: RequestedEvaluation, evaluation: Evaluation) =>
    sameEvaluation(requested, evaluation) &&
    (!requested.keepPosteriors || hasPosteriors(folder, predictionsKey(evaluation)));
  return (
    run.status === 'finished' &&
    evaluations.every((requested) => own.some((evaluation) => answers(requested, evaluation)))
  );
}

function firstError(
  own: readonly Evaluation[],
  { evaluations: [first] }: PlannedRun,
): StudyRunProgress['top1Error'] {
  const found = first && own.findLast((evaluation) => sameEvaluation(first, evaluation));
  return found ? { percent: found.top1Error, protocol: found.protocol } : null;
}
