import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { ownerAlive } from '../../src-main/runs/owner.ts';
import { runTrainer } from '../../src-main/supervisor/runTrainer.ts';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { config } from '../runs/fixtures.ts';

const job = { task: 'bench', config: config(), classes: 10, steps: 1, leastSeconds: 0 } as const;
const supervision = {
  addon: 'no addon',
  stop: new AbortController().signal,
  onEvent: () => undefined,
  onOutput: () => undefined,
};

it('ends the trainer when its start cannot be noted', async () => {
  let trainer = 0;
  const onStart = (pid: number) => {
    trainer = pid;
    throw new Error('no space for this');
  };
  await expect(runTrainer(forkTrainer, job, { ...supervision, onStart })).rejects.toThrow(
    'no space for this',
  );
  expect(trainer).toBeGreaterThan(0);
  expect(ownerAlive({ pid: trainer, host: hostname(), started: null }, null)).toBe(false);
});

it('tells the last lines of a trainer that died', async () => {
  const printing: StartTrainer = () => {
    const link = forkTrainer();
    return {
      ...link,
      onOutput: (receive) => {
        link.onOutput(receive);
        receive('first\n');
        receive('Check failed: the\nlast words\n');
        link.kill();
      },
    };
  };
  await expect(runTrainer(printing, job, supervision)).rejects.toMatchObject({
    code: 'trainer-died',
    message: expect.stringMatching(/SIGKILL.*last lines:\nfirst\nCheck failed: the\nlast words$/s) as string,
    nextStep: expect.not.stringContaining('resume') as string,
  });
});
