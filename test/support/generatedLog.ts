import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { MetricsLog } from '../../src-main/runs/folder/MetricsLog.ts';
import type { MetricPoint } from '../../src-main/runs/records.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';

/** A data folder with runs whose curves are made up: for speed alone, never for numbers. */
export function generateLog(home: string, { runs, points }: { runs: number; points: number }): string[] {
  const log = new RunLog(home);
  try {
    return Array.from({ length: runs }, (_, index) => generateRun(log, index, points));
  } finally {
    log.close();
  }
}

/** A thousand steps of the default batch of 256 make an epoch. */
const dataset = {
  name: 'generated',
  fingerprint: 'generated',
  valFingerprint: 'generated',
  classes: 10,
  trainImages: 256_000,
  valImages: 1000,
  skippedImages: 0,
};

function generateRun(log: RunLog, index: number, points: number): string {
  const config = resolveRunConfig({
    overrides: [
      `network.config=${['A', 'B', 'C', 'D', 'E'][index % 5] ?? 'A'}`,
      'network.crop=56',
      'data.trainScale=64',
      `training.seed=${index}`,
    ],
  });
  const { id } = log.create({ config, dataset, name: `generated ${index}` });
  if (points > 0) {
    const curve = Array.from({ length: points }, (_, step) => lossAt(index, step));
    const metrics = new MetricsLog(log.folder(id).metrics);
    metrics.append(curve);
    metrics.close();
    log.metrics.append(id, curve);
  }
  log.setStatus(id, 'finished');
  return id;
}

/** Falls, with ripples. */
function lossAt(index: number, step: number): MetricPoint {
  const value =
    2.3 / (1 + (step + 1) / (2000 + 300 * index)) + 0.2 * Math.abs(Math.sin(step * 12.9898 + index));
  return { step: step + 1, epoch: Math.floor(step / 1000), seconds: step / 50, name: 'train/loss', value };
}
