import { afterEach, expect, it, vi } from 'vitest';
import { clusterSchema } from '../../src-main/launch/clusters.ts';
import { jobsIn } from '../../src-main/launch/slurm/jobs.ts';
import { batchScript } from '../../src-main/launch/slurm/script.ts';

// As squeue of Slurm 22.05 prints it.
const printed = [
  '12|RUNNING|None|n1|2026-11-28T17:42:44|2026-11-28T17:52:44|vgg:study-a:run-1',
  '13|PENDING|Dependency||N/A|N/A|vgg:study-a:run-2',
  '14|PENDING|Priority||2026-11-28T18:00:00|N/A|vgg:study-a:run-3',
  '15|COMPLETED|None|n2|2026-11-28T17:42:44|2026-11-28T17:43:00|vgg:study-a:run-4',
  '16|COMPLETING|None|n2|2026-11-28T17:42:44|2026-11-28T17:43:00|vgg:study-a:run-5',
  '17|RUNNING|None|n2|2026-11-28T17:42:44|2026-11-28T17:43:00|vgg:another:run-6',
  '18|RUNNING|None|n2|2026-11-28T17:42:44|2026-11-28T17:43:00|(null)',
  '',
].join('\n');

afterEach(() => vi.unstubAllEnvs());

it('finds the jobs of a submission by their marks', () => {
  const local = (text: string) => new Date(text).toISOString();
  const jobs = jobsIn(printed, 'study-a');
  expect(jobs.map(({ id, run, state }) => [id, run, state])).toEqual([
    ['12', 'run-1', 'running'],
    ['13', 'run-2', 'waiting'],
    ['14', 'run-3', 'waiting'],
    ['15', 'run-4', 'over'],
    ['16', 'run-5', 'running'],
  ]);
  expect(jobs[0]).toMatchObject({ node: 'n1', reason: null, endsAt: local('2026-11-28T17:52:44') });
  expect(jobs[1]).toMatchObject({ node: null, reason: 'Dependency', startsAt: null });
  expect(jobs[2]).toMatchObject({ startsAt: local('2026-11-28T18:00:00'), endsAt: null });
});

it('writes a script that becomes the program, which so gets the signals', () => {
  const cluster = clusterSchema.parse({
    scheduler: 'slurm',
    partition: 'gpu',
    gpus: 1,
    setup: ['module load cuda'],
    sbatch: ['--constraint=a100'],
  });
  const script = batchScript(cluster, ['/opt/node', "/it's here/main.ts"], { threads: 4 }).split('\n');
  expect(script[0]).toBe('#!/bin/bash');
  expect(script).toEqual(
    expect.arrayContaining([
      '#SBATCH --partition=gpu',
      '#SBATCH --gres=gpu:1',
      '#SBATCH --cpus-per-task=4',
      '#SBATCH --signal=B:USR2@120',
      '#SBATCH --constraint=a100',
      'module load cuda',
    ]),
  );
  expect(script.at(-2)).toBe(`exec '/opt/node' '/it'\\''s here/main.ts'`);
});

it('takes from the environment for sbatch what the cluster leaves open', () => {
  for (const name of ['ACCOUNT', 'PARTITION', 'QOS']) vi.stubEnv(`SBATCH_${name}`, `my-${name}`);
  const cluster = clusterSchema.parse({ scheduler: 'slurm', partition: 'gpu' });
  const script = batchScript(cluster, ['/opt/node'], { threads: 1 }).split('\n');
  expect(script).toEqual(
    expect.arrayContaining([
      '#SBATCH --partition=gpu',
      '#SBATCH --account=my-ACCOUNT',
      '#SBATCH --qos=my-QOS',
    ]),
  );
  expect(script).not.toContain('#SBATCH --partition=my-PARTITION');
});

it.each([
  [{ scheduler: 'pbs' }],
  [{ scheduler: 'slurm', time: 'a day' }],
  [{ scheduler: 'slurm', setup: ['two\nlines'] }],
  [{ scheduler: 'slurm', queue: 'gpu' }],
])('refuses %j as a cluster', (cluster) => {
  expect(clusterSchema.safeParse(cluster).success).toBe(false);
});
