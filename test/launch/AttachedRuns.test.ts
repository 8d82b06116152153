import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AttachedRuns } from '../../src-main/launch/AttachedRuns.ts';
import { prepare } from './prepare.ts';

it('takes a result that is still unseen for no change, so that the scheduler is asked no more often', async () => {
  const { log, plan, saved, launcher, attach, runOf } = await prepare();
  const work = attach();
  await work.begun;
  work.detach();
  await work.ended;
  launcher.says('1', { type: 'finished', sha256: null, metricsBytes: 5, evaluations: 0 });
  const runs = new AttachedRuns(log, saved, plan, 600);
  const looks = async () => [await runs.look(), runs.isUnseen];
  expect(await looks()).toEqual([true, true]);
  expect(await looks()).toEqual([false, true]);
  writeFileSync(log.folder(runOf('A@256#1')).metrics, 'step,');
  expect(await looks()).toEqual([true, false]);
  expect(await looks()).toEqual([false, false]);
});
