import { existsSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { WorkbenchError } from '../../foundation/errors.ts';
import { readSmallFile, writeFileAtomically } from '../../foundation/files.ts';
import { testScalesText, trainScaleText, parseTestScales, parseTrainScale } from '../../vocabulary/scales.ts';
import { evaluationSchema } from '../records.ts';
import type { Evaluation } from '../records.ts';

/** A line takes two hundred. */
const mostBytes = 10_000_000;

/** Adds an evaluation to a run's `evaluations.csv`, in place of a line for the same weights, protocol and images. */
export function putEvaluation(path: string, evaluation: Evaluation): void {
  const others = readEvaluations(path).filter((other) => identity(other) !== identity(evaluation));
  writeFileAtomically(path, stringify([...others, evaluation].map(recordOf), { header: true }));
}

/** The evaluations, oldest first; none if there is no file. @throws WorkbenchError `evaluations-unreadable` */
export function readEvaluations(path: string): Evaluation[] {
  if (!existsSync(path)) return [];
  try {
    const bytes = readSmallFile(path, mostBytes);
    if (!bytes) throw new Error(`It has more than ${mostBytes} bytes.`);
    return parse<Record<string, string>>(bytes, { columns: true }).map(evaluationOf);
  } catch (error) {
    throw new WorkbenchError(
      'evaluations-unreadable',
      `${path} is not a list of evaluations.`,
      'Move the file away, then evaluate the run again.',
      { kind: 'failure', cause: error },
    );
  }
}

function identity(evaluation: Evaluation): string {
  const { protocol, testScales, average, horizontalFlip, checkpoint, step, datasetFingerprint, split } =
    evaluation;
  return JSON.stringify([
    protocol,
    testScales,
    average,
    horizontalFlip,
    checkpoint,
    step,
    datasetFingerprint,
    split,
  ]);
}

function recordOf(evaluation: Evaluation) {
  return {
    protocol: evaluation.protocol,
    train_scale: trainScaleText(evaluation.trainScale),
    test_scales: testScalesText(evaluation.testScales),
    average: evaluation.average,
    horizontal_flip: String(evaluation.horizontalFlip),
    checkpoint: evaluation.checkpoint,
    step: evaluation.step,
    dataset: evaluation.dataset,
    dataset_fingerprint: evaluation.datasetFingerprint,
    split: evaluation.split,
    images: evaluation.images,
    top1_error: evaluation.top1Error,
    top5_error: evaluation.top5Error,
    seconds: evaluation.seconds,
    created_at: evaluation.createdAt,
  };
}

function evaluationOf(record: Readonly<Record<string, string>>): Evaluation {
  const number = (name: string) => (record[name] === '' ? NaN : Number(record[name]));
  return evaluationSchema.parse({
    protocol: record.protocol,
    trainScale: parseTrainScale(record.train_scale ?? ''),
    testScales: parseTestScales(record.test_scales ?? ''),
    average: record.average,
    horizontalFlip: record.horizontal_flip === 'true',
    checkpoint: record.checkpoint,
    step: number('step'),
    dataset: record.dataset,
    datasetFingerprint: record.dataset_fingerprint,
    split: record.split,
    images: number('images'),
    top1Error: number('top1_error'),
    top5Error: number('top5_error'),
    seconds: number('seconds'),
    createdAt: record.created_at,
  });
}
