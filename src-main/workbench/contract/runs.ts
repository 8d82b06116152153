import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { ErrorReport } from '../../foundation/errors.ts';
import type { Finding } from '../../data/findings.ts';
import { givenAnnotationsSchema } from '../../runs/annotations.ts';
import type { OnCluster } from '../../launch/Submissions.ts';
import type { RunComparison } from '../../runs/compareRuns.ts';
import type { LayerMatrix } from '../../runs/layerMatrix.ts';
import type { SeriesSummary } from '../../runs/MetricStore.ts';
import type { Checkpoint, Evaluation, Run, RunSummary, Series } from '../../runs/records.ts';
import type { RunChanges } from '../../runs/RunList.ts';
import type { RunValues } from '../../runs/runValues.ts';
import type { TrashedRun } from '../../runs/Trash.ts';
import type { RunEvent } from '../../supervisor/ActiveRun.ts';
import { layerQuantities } from '../../training/layerSeries.ts';
import type { Convergence } from '../../vocabulary/convergence.ts';
import type { Learning } from '../../vocabulary/learning.ts';
import { answer, configSources, id } from './answer.ts';
import { on } from './cluster.ts';

export type { OnCluster, RunChanges };

export interface RunDetails {
  run: Run;
  evaluations: Evaluation[];
  /** The latest evaluation by its own protocol, at its own scales, on its own images. */
  result: Evaluation | null;
  checkpoints: Checkpoint[];
  /** Series of the run as a whole; {@link runsContract.layers} gives those of its layers. */
  series: SeriesSummary[];
  /** Whether it learns, judged by its training loss; null while it is too early to judge. */
  learning: (Learning & { chanceLoss: number }) | null;
  /** How its training ended; null before that, and where its curves do not say. */
  convergence: Convergence | null;
  /** Whether its folder was deleted or moved away, so that only what the index holds is left. */
  folderMissing: boolean;
  /** Where it is at a cluster; null if it is on none. */
  onCluster: OnCluster | null;
}

export type ImagesMoved = { type: 'progress'; done: number; total: number } | { type: 'moved' };

export interface UnreadableFolder {
  path: string;
  error: ErrorReport;
}

const ids = z.array(z.string()).min(1);

export const runsContract = {
  list: oc
    .input(z.strictObject({ status: z.string().optional(), limit: z.int().min(1).optional() }))
    .output(answer<RunSummary[]>()),
  /**
   * The list of runs as it changes, by this or another process: first what is newer than `since` (by default all), then
   * each change, gathered over half a second.
   */
  changes: oc
    .input(z.strictObject({ since: z.int().nullable().default(null) }))
    .output(eventIterator(answer<RunChanges>())),
  /** Settings and latest metrics of all runs, newest first, in columns. */
  values: oc.output(answer<RunValues>()),
  get: oc.input(id).output(answer<RunDetails>()),
  /** Series of a run, each thinned to `maxPoints` with spikes kept; only a window of steps, ends included, if given. */
  metrics: oc
    .input(
      z.strictObject({
        id: z.string(),
        names: z.array(z.string()).optional(),
        maxPoints: z.int().min(2).optional(),
        fromStep: z.int().optional(),
        toStep: z.int().optional(),
      }),
    )
    .output(answer<Series[]>()),
  /** One quantity of all layers over the steps, thinned to at most `maxSteps` columns. */
  layers: oc
    .input(
      z.strictObject({
        id: z.string(),
        quantity: z.enum(layerQuantities).default('gradient/norm'),
        maxSteps: z.int().min(2).default(300),
      }),
    )
    .output(answer<LayerMatrix>()),
  /** Creates a queued run, and reports findings about its images; refused if the run could not be trained. */
  create: oc
    .input(z.strictObject({ ...configSources, name: givenAnnotationsSchema.shape.name.optional() }))
    .output(answer<{ id: string; notes: Finding[] }>()),
  /**
   * Trains a run now, from its last checkpoint if it has one; with `fromBest`, from its best, and what came later again;
   * with `on`, by giving it to a cluster: `cluster.watch` reports how it goes.
   */
  start: oc
    .input(z.strictObject({ id: z.string(), fromBest: z.boolean().optional(), on: on.optional() }))
    .output(answer<undefined>()),
  /**
   * Records where the images of a run are now. They are decoded to see that they are those that it was trained on so
   * far; progress is reported meanwhile.
   */
  moveImages: oc
    .input(z.strictObject({ id: z.string(), dataset: z.string().min(1) }))
    .output(eventIterator(answer<ImagesMoved>())),
  /** Gives a run another number of epochs, so that it can be trained further, also if it is finished. */
  extend: oc
    .input(z.strictObject({ id: z.string(), epochs: z.int().min(1).max(100_000) }))
    .output(answer<undefined>()),
  watch: oc.input(id).output(eventIterator(answer<RunEvent>())),
  /** Checkpoints and ends the run; with `now`, ends it at once. */
  stop: oc
    .input(z.strictObject({ id: z.string(), now: z.boolean().default(false) }))
    .output(answer<undefined>()),
  /** Changes the name, tags, notes, colour and pin of a run; what is left out stays. */
  annotate: oc
    .input(
      z.strictObject({
        id: z.string(),
        ...givenAnnotationsSchema.partial().shape,
      }),
    )
    .output(answer<undefined>()),
  /** The last lines of the run's log. */
  log: oc
    .input(z.strictObject({ id: z.string(), lines: z.int().min(1).max(10_000).default(500) }))
    .output(answer<string[]>()),
  compare: oc.input(z.strictObject({ ids: ids.min(2).max(200) })).output(answer<RunComparison>()),
  /** The folders and files of runs and studies that cannot be read, so that they are not in the log or not whole there. */
  unreadable: oc.output(answer<UnreadableFolder[]>()),
  /** Moves runs to the trash, from which {@link restore} brings them back; with `forever`, deletes them for good. */
  remove: oc.input(z.strictObject({ ids, forever: z.boolean().default(false) })).output(answer<string[]>()),
  /** The runs in the trash, newest first. After 30 days they are deleted for good. */
  trash: oc.output(answer<TrashedRun[]>()),
  restore: oc.input(z.strictObject({ ids })).output(answer<string[]>()),
};
