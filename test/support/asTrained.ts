import { writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import type { NodeNews } from '../../src-main/launch/events.ts';
import { putEvaluation } from '../../src-main/runs/folder/evaluationsFile.ts';
import { MetricsLog } from '../../src-main/runs/folder/MetricsLog.ts';
import type { RunFolder } from '../../src-main/runs/folder/RunFolder.ts';
import type { PlannedRun } from '../../src-main/studies/PlannedRun.ts';
import { stateKey } from '../../src-main/training/checkpointFiles.ts';

const steps = 30;
const dataset = {
  name: 'generated',
  fingerprint: 'generated',
  valFingerprint: 'generated',
  classes: 10,
  trainImages: 1000,
  valImages: 100,
  skippedImages: 0,
};
const createdAt = '2026-01-01T00:00:00.000Z';

/** Writes into a run's folder what a node leaves there: curves, two checkpoints of one weight, all evaluations. */
export function asTrained(
  folder: RunFolder,
  { config, evaluations }: Pick<PlannedRun, 'config' | 'evaluations'>,
): void {
  const metrics = new MetricsLog(folder.metrics);
  for (const name of ['train/loss', 'val/loss', 'val/top1Error', 'imagesPerSecond'])
    metrics.append(
      Array.from({ length: steps }, (_, index) => ({
        step: index + 1,
        epoch: index / steps,
        seconds: index,
        name,
        value: 2 / (index + 1),
      })),
    );
  metrics.close();
  for (const kind of ['best', 'last'] as const) {
    const weight = { name: 'w', shape: [1], values: () => new Float32Array(1) };
    const state = JSON.stringify({ step: steps, epoch: 1 });
    writeSafetensors(folder.checkpoint(kind), [weight], { [stateKey]: state });
  }
  for (const { protocol, testScales } of evaluations) {
    const { trainScale } = config.data;
    putEvaluation(folder.evaluations, {
      ...{ protocol, testScales, trainScale, average: config.evaluation.average, horizontalFlip: true },
      ...{ checkpoint: 'best', step: steps, dataset: dataset.name, datasetFingerprint: 'generated' },
      ...{ split: 'val', images: 100, top1Error: 10, top5Error: 1, seconds: 1, createdAt },
    });
  }
}

/** The lines of a node that has trained a run in one attempt. */
export function eventsOfTraining(job: string, { evaluations }: PlannedRun): string {
  const news: NodeNews[] = [
    { type: 'attempt', job, node: 'n1', owner: { pid: 1, host: 'n1', started: null } },
    { type: 'started', step: 0, dataset },
    { type: 'checkpoint', kind: 'best', step: steps },
    { type: 'checkpoint', kind: 'last', step: steps },
    ...evaluations.map(({ protocol }) => ({ type: 'evaluation' as const, protocol })),
    { type: 'finished', sha256: null, metricsBytes: 1, evaluations: evaluations.length },
  ];
  return news.map((one) => `${JSON.stringify({ at: createdAt, token: job, ...one })}\n`).join('');
}
