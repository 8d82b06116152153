import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { keptClasses, type ScoredImage } from '../../evaluation/predictions.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { writeFileAtomically } from '../../foundation/files.ts';
import { testScalesText } from '../../vocabulary/scales.ts';
import type { Evaluation } from '../records.ts';
import type { RunFolder } from './RunFolder.ts';

/** What an evaluation predicted for one image; the image as `CLASS/FILE`, classes by their index. */
export interface ImagePrediction extends ScoredImage {
  name: string;
  label: number;
}

/** What distinguishes one evaluation of a run from another. */
export type EvaluationIdentity = Pick<
  Evaluation,
  'protocol' | 'testScales' | 'average' | 'horizontalFlip' | 'checkpoint' | 'step' | 'datasetFingerprint'
>;

/** Number of rows turned into text at once. */
const chunk = 1000;
/** float32 holds seven digits. */
const digits = 7;

const header = [
  'image',
  'label',
  'posterior',
  ...Array.from({ length: keptClasses }, (_, place) => [`class${place + 1}`, `posterior${place + 1}`]).flat(),
];

/** The name of an evaluation's predictions: the same evaluation, repeated, has the same name. */
export function predictionsKey(evaluation: EvaluationIdentity): string {
  const { protocol, testScales, average, horizontalFlip, checkpoint, step, datasetFingerprint } = evaluation;
  return [
    protocol,
    `Q${testScalesText(testScales)}`,
    average,
    horizontalFlip ? 'flip' : 'no-flip',
    checkpoint,
    `step${step}`,
    datasetFingerprint.slice(0, 8),
  ].join('_');
}

export function predictionsPath(folder: RunFolder, key: string): string {
  return join(folder.predictions, `${key}.csv`);
}

/** Writes a line per image: its label and predictions. @throws WorkbenchError `disk-full`, `write-failed` */
export function writePredictions(path: string, predictions: readonly ImagePrediction[]): void {
  writeFileAtomically(path, (write) => {
    write(Buffer.from(stringify([header])));
    for (let begin = 0; begin < predictions.length; begin += chunk) {
      write(Buffer.from(stringify(predictions.slice(begin, begin + chunk).map(recordOf))));
    }
  });
}

/**
 * Reads predictions in parts, so that a large file blocks nothing.
 *
 * @param classes the number of the net's outputs: labels and predictions beyond are none
 * @throws WorkbenchError `predictions-unreadable`
 */
export async function readPredictions(path: string, classes: number): Promise<ImagePrediction[]> {
  const predictions: ImagePrediction[] = [];
  try {
    const file = createReadStream(path);
    const rows = parse({ fromLine: 2 });
    file.on('error', (error) => rows.destroy(error));
    for await (const row of file.pipe(rows)) predictions.push(predictionOf(row as string[], classes));
    return predictions;
  } catch (error) {
    throw new WorkbenchError(
      'predictions-unreadable',
      `${path} holds no predictions of an evaluation${error instanceof Strange ? `: ${error.message}` : ''}.`,
      'Evaluate the run again.',
      { kind: 'failure', cause: error },
    );
  }
}

/**
 * For each image its name, and 1 if its label is the most probable class, else 0: what a comparison of nets needs, a hundred
 * times as fast as all predictions of a file.
 *
 * @param classes as in {@link readPredictions}
 * @throws WorkbenchError `predictions-unreadable`
 */
export async function readHits(
  path: string,
  classes: number,
): Promise<{ names: string[]; right: Uint8Array }> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n').slice(1);
  const plain = lines.map((line) => plainLine.exec(line));
  if (plain.every((line) => line !== null)) {
    return {
      names: plain.map(([, name = '']) => name),
      right: Uint8Array.from(plain, ([, , label, first]) => (label === first ? 1 : 0)),
    };
  }
  // A name with a comma or a quote, or a damaged line, which the whole reading tells apart.
  const predictions = await readPredictions(path, classes);
  return {
    names: predictions.map(({ name }) => name),
    right: Uint8Array.from(predictions, ({ label, top }) => (top[0]?.label === label ? 1 : 0)),
  };
}

/** Image, label, its posterior, the most probable class, its posterior, and as many others. */
const plainLine = /^([^",\r]+),(\d+),[\d.e-]+,(\d+),[\d.e-]+(?:,[\d.e-]*)*\r?$/;

function recordOf({ name, label, posterior, top }: ImagePrediction): unknown[] {
  const short = (value: number) => Number(value.toPrecision(digits));
  const places = top.flatMap((one) => [one.label, short(one.posterior)]);
  return [
    name,
    label,
    short(posterior),
    ...places,
    ...Array<null>(2 * keptClasses - places.length).fill(null),
  ];
}

/** A value that no evaluation writes. */
class Strange extends Error {}

function predictionOf(
  [name = '', label = '', posterior = '', ...places]: string[],
  classes: number,
): ImagePrediction {
  const top = Array.from({ length: keptClasses }, (_, place) => places.slice(2 * place, 2 * place + 2))
    .filter(([first]) => first !== undefined && first !== '')
    .map(([first, second]) => ({
      label: classIndex(name, first, classes),
      posterior: posteriorOf(name, second),
    }));
  return { name, label: classIndex(name, label, classes), posterior: posteriorOf(name, posterior), top };
}

function classIndex(image: string, text: string | undefined, classes: number): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new Strange(`${image} has no class`);
  const index = Number(text);
  if (index < classes) return index;
  throw new Strange(`${image} has class ${text}, and the net has ${classes} outputs`);
}

function posteriorOf(image: string, text: string | undefined): number {
  const posterior = text === undefined || text === '' ? NaN : Number(text);
  if (Number.isFinite(posterior)) return posterior;
  throw new Strange(`a posterior of ${image} is ${text === '' ? 'missing' : (text ?? 'missing')}`);
}
