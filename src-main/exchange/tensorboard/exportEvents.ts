import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { describeKeys } from '../../configuration/keys.ts';
import { shownValue } from '../../vocabulary/shownValue.ts';
import { testScalesText } from '../../vocabulary/scales.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import { writeRunConfig } from '../../configuration/write.ts';
import { streamFileAtomically } from '../../foundation/files.ts';
import { valueAt } from '../../vocabulary/valueAt.ts';
import type { RunFolder } from '../../runs/folder/RunFolder.ts';
import { parseMetricLine } from '../../runs/folder/metricsFile.ts';
import type { Evaluation, Run, RunStatus } from '../../runs/records.ts';
import type { Transfer } from '../Transfer.ts';
import { fileVersion, scalar, sessionEnd, sessionStart, text, type HparamValue } from './events.ts';
import { tfRecord } from './tfRecord.ts';

/** What an export reads of a run. */
export interface RunToExport {
  run: Run;
  folder: RunFolder;
  evaluations: readonly Evaluation[];
}

/**
 * Writes a run as an event file for TensorBoard, in a folder of a log directory: every series of the run at its steps,
 * its evaluations, and its settings as text and as hyperparameters. Written again, the file replaces the earlier one.
 *
 * Wall time counts from the start of the run; pauses are left out, as the log leaves them out.
 *
 * @returns the file's path
 * @throws WorkbenchError `disk-full`, `write-failed`; the signal's reason
 */
export async function exportEvents(
  logDirectory: string,
  exported: RunToExport,
  transfer: Transfer,
): Promise<string> {
  const begin = startOf(exported.run);
  const name = `events.out.tfevents.${Math.floor(begin)}.vgg-workbench`;
  const path = join(logDirectory, exported.run.id, name);
  await streamFileAtomically(path, recordsOf(exported, begin, transfer));
  return path;
}

async function* recordsOf({ run, folder, evaluations }: RunToExport, begin: number, transfer: Transfer) {
  yield tfRecord(fileVersion(begin));
  yield tfRecord(sessionStart(begin, run.name === '' ? run.id : run.name, hparamsOf(run.config)));
  yield tfRecord(text('settings', begin, preformatted(writeRunConfig(run.config))));
  if (run.notes !== '') yield tfRecord(text('notes', begin, run.notes));
  let end = begin;
  if (existsSync(folder.metrics)) {
    const chunks: AsyncIterable<Buffer> = createReadStream(folder.metrics);
    const lines = createInterface({ input: Readable.from(transfer.through(chunks)) });
    for await (const line of lines) {
      // The header is not a point, nor is a last line that is still being written.
      const point = parseMetricLine(line);
      if (point === undefined) continue;
      end = Math.max(end, begin + point.seconds);
      yield tfRecord(scalar(point.name, point.step, begin + point.seconds, point.value));
    }
  }
  for (const evaluation of evaluations) {
    const wallTime = Date.parse(evaluation.createdAt) / 1000;
    for (const quantity of ['top1Error', 'top5Error'] as const) {
      const tag = `evaluation/${quantity}, ${protocolOf(evaluation)}`;
      yield tfRecord(scalar(tag, evaluation.step, wallTime, evaluation[quantity]));
    }
  }
  const status = endings[run.status];
  if (status !== undefined) yield tfRecord(sessionEnd(end, status));
}

const endings: Partial<Record<RunStatus, 'success' | 'failure' | 'running'>> = {
  finished: 'success',
  failed: 'failure',
  running: 'running',
};

function startOf({ startedAt, createdAt }: Run): number {
  return Date.parse(startedAt ?? createdAt) / 1000;
}

function protocolOf({ protocol, testScales, average, horizontalFlip, checkpoint }: Evaluation): string {
  return [
    protocol,
    `Q=${testScalesText(testScales)}`,
    average,
    horizontalFlip ? 'flip' : 'no flip',
    checkpoint,
  ].join(', ');
}

function hparamsOf(config: RunConfig): Record<string, HparamValue> {
  return Object.fromEntries(
    describeKeys().map(({ key }) => {
      const value = shownValue(key, valueAt(config, key));
      const plain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
      return [key, plain ? value : JSON.stringify(value)];
    }),
  );
}

/** In Markdown, an indentation of four spaces keeps text as it is. */
function preformatted(lines: string): string {
  return lines.replaceAll(/^/gm, '    ');
}
