import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { WorkbenchError } from '../../../foundation/errors.ts';
import type { Answering, ImageReference } from '../../../workbench/contract.ts';
import type { Session } from '../Session.ts';

/** Weights to look into. */
export interface Subject {
  run: string;
  checkpoint: string;
  /** Location of the images on which the run was trained. */
  dataset: string;
}

/** What names the net that ships with the workbench in place of a run. */
const box = 'box';

/**
 * Each of the runs at each of the checkpoints; `all` means all that the run has, kept epochs included. The run `box` is
 * the net that ships.
 */
export async function subjectsOf(
  { client }: Session,
  runs: readonly string[],
  checkpoints: string,
): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const name of runs) {
    const id = name === box ? (await client.exchange.box()).run : name;
    const details = await client.runs.get({ id });
    const kinds =
      checkpoints === 'all'
        ? details.checkpoints.map(({ kind }) => kind)
        : checkpoints.split(',').map((kind) => kind.trim());
    const { id: run, config } = details.run;
    for (const checkpoint of kinds) subjects.push({ run, checkpoint, dataset: config.data.dataset });
  }
  return subjects;
}

/** A file, if it exists or the text can mean nothing else; otherwise an image of the run's validation set. */
export function imageOf(text: string, { dataset }: Subject): ImageReference {
  const path = resolve(text);
  return existsSync(path) || isAbsolute(text)
    ? { kind: 'file', path }
    : { kind: 'dataset', dataset, split: 'val', name: text };
}

/**
 * The index of a class given by its name or index.
 *
 * @throws WorkbenchError `class-unknown`
 */
export async function labelOf(
  { client }: Session,
  text: string | undefined,
  { run }: Subject,
): Promise<number | undefined> {
  if (text === undefined) return undefined;
  // An index identifies a class even if the images are gone.
  if (/^\d+$/.test(text)) return Number(text);
  const classes = await client.insight.classes({ run });
  const label = classes.indexOf(text);
  if (label >= 0) return label;
  throw new WorkbenchError(
    'class-unknown',
    `The net of run ${run} has no class ${text}.`,
    `Choose one of: ${classes.slice(0, 20).join(', ')}${classes.length > 20 ? ', …' : ''}; or give its index.`,
  );
}

/** Shows the progress of an answer, and returns the answer. */
export async function answerOf<Answer>(
  { progress }: Session,
  activity: string,
  stream: AsyncIterable<Answering<Answer>>,
): Promise<Answer> {
  for await (const event of stream) {
    if (event.type === 'answer') {
      progress.clear();
      return event.answer;
    }
    progress.count(activity, event.done, event.total);
  }
  throw new Error('A question ends with an answer or an error.');
}
