import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../src-main/runs/records.ts';
import type { RunLog } from '../../src-main/runs/RunLog.ts';
import { config, dataset, openLog } from './fixtures.ts';

/** Five epochs of ten steps, whose training loss is as given and whose validation error falls by ten points each. */
function trainedRun(log: RunLog, loss: number): string {
  const { id } = log.create({ config: config('training.learningRate=0.01', 'training.batch=100'), dataset });
  const points: MetricPoint[] = [];
  for (let step = 1; step <= 50; step++) {
    const at = { step, epoch: Math.floor((step - 1) / 10), seconds: step };
    points.push({ ...at, name: 'train/loss', value: loss }, { ...at, name: 'train/top1Error', value: 40 });
    if (step % 10 !== 0) continue;
    points.push({ ...at, name: 'val/top1Error', value: 90 - step }, { ...at, name: 'val/loss', value: 1 });
    points.push({ ...at, name: 'learningRate', value: 0.01 });
  }
  log.metrics.append(id, points);
  return id;
}

describe('how the training of a run ended', () => {
  it('is in the list of runs once it has finished, and gone when it goes on', () => {
    const log = openLog();
    const id = trainedRun(log, 1);
    expect(log.list.all()[0]?.convergence).toBeNull();
    log.setStatus(id, 'finished');
    expect(log.list.all()[0]?.convergence).toEqual({ kind: 'improving', pointsPerEpoch: 10, trainError: 40 });
    log.setStatus(id, 'running');
    expect(log.list.all()[0]?.convergence).toBeNull();
  });

  it('is a change of the list', () => {
    const log = openLog();
    const id = trainedRun(log, 1);
    const { revision } = log.list.changesSince(null);
    log.setStatus(id, 'finished');
    expect(log.list.changesSince(revision).changed[0]?.convergence?.kind).toBe('improving');
  });

  it('is stalled at the loss of chance, ln 10, and diverged where the run failed by that', () => {
    const log = openLog();
    const [stalled, diverged] = [trainedRun(log, 2.3), trainedRun(log, 1)];
    log.setStatus(stalled, 'finished');
    const error = { code: 'training-diverged', message: 'm', nextStep: 'n', kind: 'failure' } as const;
    log.setFailed(diverged, error);
    const kinds = new Map(log.list.all().map(({ id, convergence }) => [id, convergence?.kind]));
    expect([kinds.get(stalled), kinds.get(diverged)]).toEqual(['stalled', 'diverged']);
  });
});
