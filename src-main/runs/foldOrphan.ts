import { isDeepStrictEqual } from 'node:util';
import type { DatasetFacts } from '../training/events.ts';
import { readJournal, startedEventIn, type Journal } from './folder/journal.ts';
import { predictionsKey } from './folder/predictionsFile.ts';
import type { RunFolder } from './folder/RunFolder.ts';
import { isAlive, isOrphaned } from './owner.ts';
import type { Evaluation, Process, Run, RunEnvironment } from './records.ts';
import type { StatusChange } from './RunStore.ts';
import { evaluationIn, trainedWith } from './trained.ts';

/** What folding needs of the log. */
interface FoldedLog {
  runs: { get(id: string): Run };
  evaluations: { of(id: string): Evaluation[] };
  folder(id: string): RunFolder;
  transaction(work: () => void): void;
  readMetrics(id: string): Promise<void>;
  takeResults(id: string): void;
  setStatus(id: string, status: Run['status'], change?: StatusChange): void;
  setDataset(id: string, dataset: DatasetFacts): void;
  setEnvironment(id: string, environment: RunEnvironment): void;
  addEvaluation(id: string, evaluation: Evaluation): void;
}

/** The trainer that is still at work on a run that nobody leads any more; null if there is none. */
export function orphanTrainerOf({ owner }: Pick<Run, 'owner'>, folder: RunFolder): Process | null {
  if (!isOrphaned(owner)) return null;
  // Who led it may have been killed before it could note its trainer.
  const trainer = owner.trainer ?? readJournal(folder.journal)?.head.trainer;
  return trainer !== undefined && isAlive(trainer) ? trainer : null;
}

/**
 * Brings into the log what came of a run since the process that led it is gone: where its trainer is still at work, all so
 * far, and else its end. It compares and never adds up, so it does not matter how often and by how many processes it is done.
 */
export async function foldOrphan(log: FoldedLog, id: string): Promise<void> {
  // Looked at first: what a trainer that is gone has written is all there.
  const atWork = orphanTrainerOf(log.runs.get(id), log.folder(id));
  const { owner } = log.runs.get(id);
  if (!isOrphaned(owner)) return;
  const trainer = atWork ?? owner.trainer;
  const journal = trainer && journalOf(log.folder(id), trainer);
  if (!journal) return;
  await log.readMetrics(id);
  log.transaction(() => {
    // Another process may have taken it up or folded it meanwhile.
    if (!isDeepStrictEqual(log.runs.get(id).owner, owner)) return;
    foldEvents(log, id, journal);
    if (atWork === null) foldEnd(log, id, journal);
    else if (owner.trainer === undefined) log.setStatus(id, 'running', { owner: { ...owner, trainer } });
  });
}

/** What a trainer has written so far; undefined before that, while the journal is still that of an earlier one. */
export function journalOf(folder: RunFolder, trainer: Process): Journal | undefined {
  const journal = readJournal(folder.journal);
  return isDeepStrictEqual(journal?.head.trainer, trainer) ? journal : undefined;
}

/** Brings all but the metrics into the log. */
export function foldEvents(log: FoldedLog, id: string, journal: Journal): void {
  foldReports(log, id, journal);
  // Its checkpoints.
  log.takeResults(id);
}

function foldReports(log: FoldedLog, id: string, journal: Journal): void {
  const { config, dataset, environment } = log.runs.get(id);
  const started = startedEventIn(journal);
  if (!started) return;
  const now = trainedWith(journal.head.place, started, environment);
  if (!isDeepStrictEqual(now, environment)) log.setEnvironment(id, now);
  if (!isDeepStrictEqual(started.dataset, dataset)) log.setDataset(id, started.dataset);
  const known = new Set(log.evaluations.of(id).map(predictionsKey));
  for (const { event, at } of journal.events) {
    if (event.type !== 'evaluation') continue;
    const evaluation = evaluationIn(event, config, new Date(at));
    if (!known.has(predictionsKey(evaluation))) log.addEvaluation(id, evaluation);
  }
}

function foldEnd(log: FoldedLog, id: string, { end, events, head }: Journal): void {
  const at = new Date((end ?? events.at(-1) ?? head).at);
  if (end?.type === 'failed') log.setStatus(id, 'failed', { error: end.error, at });
  else log.setStatus(id, end?.status ?? 'interrupted', { at });
}
