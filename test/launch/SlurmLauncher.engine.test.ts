import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkCluster, type ProbeEvent } from '../../src-main/launch/check/checkCluster.ts';
import type { Work } from '../../src-main/launch/Launcher.ts';
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

function aWork(run: string, after: string | null = null): Work {
  const output = '/100%/j%j.log';
  return { run, key: run.toUpperCase(), script: `/b/it's ${run}.sh`, output, after, afterJob: null };
}

it('has Slurm take the name of the output as it is', async () => {
  const calls = aProgram('sbatch', 'echo 7');
  const taken: string[] = [];
  await new SlurmLauncher('study').submit([aWork('a')], (run, job) => taken.push(`${run} ${job}`));
  expect(calls()[0]).toContain('--output=/100%%/j%%j.log');
  expect(taken).toEqual(['a 7']);
});

it('submits each after the one that it starts from, with the number that this got', async () => {
  // The number of a job is the name of its script.
  const calls = aProgram('sbatch', 'for word; do :; done', 'basename "$word" .sh');
  const taken = new Map<string, string>();
  const works = [aWork('a'), aWork('b', 'a'), aWork('c', 'b'), aWork('d'), aWork('e', 'a')];
  await new SlurmLauncher('study').submit(works, (run, job) => taken.set(run, job));
  expect(Object.fromEntries(taken)).toEqual(
    Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((run) => [run, `it's ${run}`])),
  );
  const lines = calls().map((words) => words.join(' '));
  for (const [run, source] of ['ba', 'cb', 'ea'])
    expect(lines.find((line) => line.includes(`study:${run} `))).toContain(`afterok:it's ${source} `);
  expect(lines.filter((line) => line.includes('dependency'))).toHaveLength(3);
});

it.each([
  ['scheduler-refused', ['echo "Invalid account" >&2', 'exit 1']],
  ['scheduler-silent', ['echo "Unable to contact slurm controller" >&2', 'exit 1']],
  // As `timeout` ends it.
  ['scheduler-silent', ['exit 124']],
  ['scheduler-missing', ['exit 127']],
])('says %s, and asks for nothing that starts from what was not taken', async (code, lines) => {
  const calls = aProgram('sbatch', ...lines);
  const submitted = new SlurmLauncher('study').submit([aWork('a'), aWork('b', 'a')], () => undefined);
  await expect(submitted).rejects.toMatchObject({ code });
  expect(calls()).toHaveLength(1);
});

it('says what a program of Slurm says, without its name before each line', async () => {
  aProgram('sbatch', 'printf "sbatch: error: invalid partition\\nsbatch: error: Failed.\\n" >&2', 'exit 1');
  const submitted = new SlurmLauncher('study').submit([aWork('a')], () => undefined);
  await expect(submitted).rejects.toThrow('sbatch refuses: invalid partition; Failed.');
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
