import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkCluster, type ProbeEvent } from '../../src-main/launch/check/checkCluster.ts';
import { SlurmLauncher } from '../../src-main/launch/slurm/SlurmLauncher.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

afterEach(() => vi.unstubAllEnvs());

/** Puts a program before those of Slurm, which notes the words of each call and then does what the lines say. */
function aProgram(name: string, ...lines: string[]): () => string[][] {
  const folder = temporaryFolder();
  const [program, notes] = [join(folder, name), join(folder, 'notes')];
  writeFileSync(program, ['#!/bin/sh', `echo "$@" >> '${notes}'`, ...lines].join('\n'));
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
  return () =>
    readFileSync(notes, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
}

it('has Slurm take the name of the output as it is', async () => {
  const calls = aProgram('sbatch', 'echo 7');
  const work = {
    run: 'a',
    key: 'A',
    script: '/b/job.sh',
    output: '/100%/j%j.log',
    after: null,
    afterJob: null,
  };
  const taken: string[] = [];
  await new SlurmLauncher('study').submit([work], (run, job) => taken.push(`${run} ${job}`));
  expect(calls()[0]).toContain('--output=/100%%/j%%j.log');
  expect(taken).toEqual(['a 7']);
});

it('holds no more jobs at once than fit on a command line', async () => {
  const calls = aProgram('scontrol');
  const jobs = Array.from({ length: 1001 }, (_, index) => String(index));
  await new SlurmLauncher('study').hold(jobs, true);
  expect(calls().map(([word, ids]) => [word, ids?.split(',').length])).toEqual([
    ['hold', 500],
    ['hold', 500],
    ['hold', 1],
  ]);
  expect(calls().flatMap(([, ids]) => ids?.split(',') ?? [])).toEqual(jobs);
});

it('ends a check on request, and says if its job could not be taken back', async () => {
  aProgram('sbatch', 'echo 7');
  aProgram('squeue', 'echo "Unable to contact slurm controller" >&2', 'exit 1');
  const home = temporaryFolder();
  writeFileSync(join(home, 'clusters.yaml'), 'test: { scheduler: slurm }');
  const events: ProbeEvent[] = [];
  const check = checkCluster(home, 'test', (event) => events.push(event), AbortSignal.abort());
  await expect(check).rejects.toMatchObject({ code: 'check-interrupted', kind: 'interrupted' });
  expect(events.at(-1)).toMatchObject({ finding: { what: 'taking back', isGood: false } });
});
