import { expect, it } from 'vitest';
import { LearningOfRuns } from '../../../src-main/workbench/results/LearningOfRuns.ts';
import { config, openLog, point } from '../../runs/fixtures.ts';

const chanceLoss = Math.log(10);

function newRun() {
  const log = openLog();
  const { id } = log.create({ config: config('network.classes=10') });
  const losses = (from: number, to: number, value: number) => {
    log.metrics.append(
      id,
      Array.from({ length: to - from + 1 }, (_, index) => point(from + index, value, 'train/loss')),
    );
  };
  const watches = new LearningOfRuns();
  return { log, id, losses, learning: () => watches.of(log, log.runs.get(id)) };
}

it('follows a run as it trains', async () => {
  const { losses, learning } = newRun();
  expect(await learning()).toBeNull();
  losses(1, 19, 2.3);
  expect(await learning()).toBeNull();
  losses(20, 30, 2.3);
  expect(await learning()).toEqual({ kind: 'stalled', step: null, chanceLoss });
  losses(31, 60, 1);
  // Asked by two at once, each loss still counts once.
  const verdicts = await Promise.all([learning(), learning()]);
  expect(verdicts[0]).toEqual({ kind: 'learns', step: 40, chanceLoss });
  expect(verdicts[1]).toEqual(verdicts[0]);
});

it('begins anew where a run is taken up again from an earlier step', async () => {
  const { log, id, losses, learning } = newRun();
  losses(1, 40, 1);
  losses(41, 80, NaN);
  expect(await learning()).toEqual({ kind: 'diverged', step: 41, chanceLoss });
  log.metrics.truncateAfter(id, 30);
  expect(await learning()).toEqual({ kind: 'learns', step: 20, chanceLoss });
});
