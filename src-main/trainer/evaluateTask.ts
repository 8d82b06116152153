import { dirname } from 'node:path';
import { sameEvaluation, type RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { EvaluationImages } from '../data/EvaluationImages.ts';
import { ImageWorkers } from '../data/ImageWorkers.ts';
import { needsStatistics } from '../data/splitsOf.ts';
import { Team } from '../engine/group/Team.ts';
import { evaluateWeights } from '../evaluation/evaluateWeights.ts';
import { readState } from '../training/checkpoint.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { TrainingEvent } from '../training/events.ts';
import { prepareImages, requireTrainingImages, type PreparedImages } from '../training/preparedImages.ts';
import { unlessAborted, untilAborted } from '../foundation/interruption.ts';
import { keepScores } from './keepScores.ts';
import { openImages, orderIn } from './openImages.ts';
import { writePosteriors } from './posteriorsFile.ts';
import type { EvaluateJob } from './protocol.ts';

/** A weights file, the checkpoint and run that it belongs to, if any, and where to write its posteriors. */
export type ScoredWeights = Pick<
  EvaluateJob,
  'weights' | 'checkpoint' | 'step' | 'runFolder' | 'posteriorsFile'
>;

/** The weights to score, in which ways, and on which images. */
export interface Scoring {
  images: PreparedImages;
  /** Threads that prepare the images. */
  pool: ImageWorkers;
  config: RunConfig;
  scored: ScoredWeights;
  requested: readonly RequestedEvaluation[];
  /** Each of its processes scores a part of the images, and the leader reports. */
  team: Team;
}

/**
 * Scores a weights file on the validation images, and reports each requested evaluation when it is known. For a run,
 * the predictions and posteriors are first kept in its folder.
 */
export async function scoreWeights(
  { images, pool, config, scored, requested, team }: Scoring,
  emit: (event: TrainingEvent) => void,
): Promise<void> {
  const { dataset, architecture, mean, deviation, facts } = images;
  const { data, evaluation } = config;
  const results = evaluateWeights(
    scored.weights,
    {
      architecture,
      images: new EvaluationImages({ samples: dataset.val, pool }),
      labels: dataset.val.map(({ label }) => label),
      mean,
      deviation,
      channels: data.channels,
      settings: evaluation,
      team,
      onProgress: (done, total) => {
        emit({ type: 'progress', activity: 'evaluating', done, total });
      },
    },
    requested,
  );
  for await (const result of results) {
    if (!team.leads) continue;
    const { posteriors, ...evaluated } = result;
    const isFor = requested.find((one) => sameEvaluation(one, result));
    keepScores(images, scored, result, {
      whole: evaluation.keepPosteriors || isFor?.keepPosteriors === true,
    });
    if (scored.posteriorsFile !== null) {
      writePosteriors(scored.posteriorsFile, dataset, architecture.classes, posteriors);
    }
    emit({
      type: 'evaluation',
      ...evaluated,
      checkpoint: scored.checkpoint,
      step: scored.step,
      dataset: facts,
    });
  }
}

export async function evaluateTask(
  job: EvaluateJob,
  emit: (event: TrainingEvent) => void,
  signal: AbortSignal,
): Promise<'finished' | 'interrupted'> {
  const pool = new ImageWorkers({ count: job.config.data.workers }).start();
  try {
    return await untilAborted(signal, () => evaluateFile(job, { pool, signal }, emit));
  } finally {
    await pool.close();
  }
}

async function evaluateFile(
  job: EvaluateJob,
  { pool, signal }: { pool: ImageWorkers; signal: AbortSignal },
  emit: (event: TrainingEvent) => void,
): Promise<'finished'> {
  const { config } = job;
  const data = asTrained(job);
  const known = !needsStatistics(data);
  const splits = known ? (['val'] as const) : (['train', 'val'] as const);
  const opened = await openImages(config.data, splits, await orderIn(job.weights));
  if (!known) requireTrainingImages(opened.dataset);
  const images = await unlessAborted(
    prepareImages({ ...config, data }, opened.dataset, splits, { pool, emit }),
    signal,
  );
  if (job.checkpoint === null && !opened.namedByWeights) refuseOtherClasses(images);
  for (const text of opened.notes) emit({ type: 'note', text });
  const team = Team.alone(signal);
  await scoreWeights({ images, pool, config, scored: job, requested: job.evaluations, team }, emit);
  return 'finished';
}

/**
 * If nothing names the outputs of a net, a label is an index into the sorted classes: with fewer classes than the net was
 * trained on, it refers to another output. A run is exempt, since it was trained with the labels of its dataset.
 */
export function refuseOtherClasses({ architecture, dataset }: PreparedImages): void {
  const { length } = dataset.classes;
  if (architecture.classes === length) return;
  throw new WorkbenchError(
    'classes-do-not-fit',
    `The net has ${architecture.classes} outputs and the dataset only ${length} classes, so no label is sure to be of its output.`,
    'Give the dataset all classes of the net: an empty folder in val/ for each that has no images, or a list of them with --class-list.',
  );
}

/** A run is scored with the mean and the deviation that it was trained with (Sect. 2.1), whatever the images. */
function asTrained({ config: { data }, weights, checkpoint }: EvaluateJob): RunConfig['data'] {
  const state = checkpoint === null ? undefined : readState(dirname(weights), checkpoint);
  if (!state) return data;
  return {
    ...data,
    mean: data.mean === 'training-set' ? state.mean : data.mean,
    deviation: data.deviation === 'training-set' ? state.deviation : data.deviation,
  };
}
