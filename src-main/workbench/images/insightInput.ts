import { existsSync } from 'node:fs';
import type { Sample, SampleSource } from '../../data/dataset.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { Question } from '../../insight/questions.ts';
import type { Run } from '../../runs/records.ts';
import { readCheckpoint } from '../../training/checkpoint.ts';
import { checkpointKindSchema, checkpointKindsIn } from '../../training/checkpointFiles.ts';
import type { Workbench } from '../Workbench.ts';

type View = Omit<Extract<Question, { about: 'deadUnits' }>, 'about' | 'images'>;
type QuestionSource = Extract<Question, { about: 'activity' }>['image'];

/**
 * A checkpoint of a run and how the run prepares an image for it: the smallest side is S, or the least of its range, of which the
 * crop shows most of the image.
 *
 * @throws WorkbenchError `run-not-found`, `checkpoint-missing`
 */
export function checkpointView(
  { log }: Workbench,
  requested: { run: string; checkpoint: string },
): { run: Run; view: View } {
  const run = log.runs.get(requested.run);
  const folder = log.folder(run.id);
  const kind = checkpointKindSchema.safeParse(requested.checkpoint).data;
  const path = kind === undefined ? undefined : folder.checkpoint(kind);
  if (path === undefined || !existsSync(path)) {
    const kinds = checkpointKindsIn(folder.checkpoints);
    throw new WorkbenchError(
      'checkpoint-missing',
      `Run ${run.id} has no checkpoint ${requested.checkpoint}.`,
      kinds.length === 0 ? 'Train it for an epoch first.' : `Choose one of: ${kinds.join(', ')}.`,
    );
  }
  const { trainScale } = run.config.data;
  const scale = typeof trainScale === 'number' ? trainScale : trainScale[0];
  return { run, view: { checkpoint: path, scale, deviation: deviationOf(run, path) } };
}

/** Of a checkpoint's net: what divides each channel of its images. */
function deviationOf({ config: { data } }: Run, path: string): View['deviation'] {
  return data.deviation === 'training-set' ? readCheckpoint(path).state.deviation : data.deviation;
}

/** An image in a form that can be sent to another process: its pixels have memory of their own. */
export function sendable(source: SampleSource): QuestionSource {
  return source.kind === 'file' ? source : { ...source, data: new Uint8Array(source.data) };
}

/** At most `most` samples, evenly spaced over all of them, which are ordered by class. */
export function evenlyOver(samples: readonly Sample[], most: number): Sample[] {
  const count = Math.min(most, samples.length);
  return Array.from(
    { length: count },
    (_, index) => samples[Math.floor((index * samples.length) / count)],
  ).filter((sample) => sample !== undefined);
}
