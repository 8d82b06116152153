import { onTestFinished } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { importRuns } from '../../src-main/exchange/importRuns.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import type { DatasetFacts } from '../../src-main/training/events.ts';
import type { RunConfig } from '../../src-main/configuration/schema.ts';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';
import type { Evaluation, MetricPoint, Run, RunEnvironment } from '../../src-main/runs/records.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import type { DatabaseOptions } from '../../src-main/runs/RunDatabase.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

export function openLog(home = temporaryFolder(), options: DatabaseOptions = {}): RunLog {
  const log = new RunLog(home, options);
  onTestFinished(() => {
    log.close();
  });
  return log;
}

export function config(...overrides: string[]): RunConfig {
  return resolveRunConfig({ overrides: ['network.crop=56', 'data.trainScale=64', ...overrides] });
}

export const environment: RunEnvironment = {
  workbench: '0.1.0',
  node: '24.0.0',
  tfjs: '4.22.0',
  tensorflow: '2.21.0',
  kernels: 'avx2',
  processes: 1,
  threads: 2,
  platform: 'linux-x64',
  device: 'cpu',
  cpu: 'a processor',
  gpu: null,
  commit: null,
  weights: null,
};

export const dataset: DatasetFacts = {
  name: 'photographs',
  fingerprint: 'f1',
  valFingerprint: 'v1',
  trainImages: 1000,
  valImages: 400,
  skippedImages: 2,
  classes: 10,
};

export function evaluation(changes: Partial<Evaluation> = {}): Evaluation {
  return {
    protocol: 'dense',
    trainScale: [64, 128],
    testScales: [64, 96, 128],
    average: 'before-softmax',
    horizontalFlip: true,
    checkpoint: 'best',
    step: 30,
    dataset: 'photographs',
    datasetFingerprint: 'v1',
    split: 'val',
    images: 400,
    top1Error: 12.25,
    top5Error: 1.5,
    seconds: 3.25,
    createdAt: '2026-01-02T03:04:05.000Z',
    ...changes,
  };
}

export function point(step: number, value: number, name = 'loss'): MetricPoint {
  return { step, epoch: step / 10, seconds: step * 0.5, name, value };
}

/** Takes in a run from its folder, as the workbench does. */
export async function importFolder(log: RunLog, folder: string): Promise<Run> {
  const [run] = (await importRuns(log, folder, new Transfer())).runs;
  if (!run) throw new Error('A folder holds a run.');
  return run;
}

/** The code of the error that something ends with. */
export async function codeOfAsync(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof WorkbenchError) return error.code;
    throw error;
  }
  return 'no error';
}

export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof WorkbenchError) return error.code;
    throw error;
  }
  return 'no error';
}
