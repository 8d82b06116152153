import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProgram } from '../../../src-main/engine/provision/runProgram.ts';
import { isAlive } from '../../../src-main/runs/owner.ts';
import { codeOfAsync } from '../../runs/fixtures.ts';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

it('ends a program that is stopped with what it has started, as g++ starts its compiler', async () => {
  const file = join(temporaryFolder(), 'child');
  const stop = new AbortController();
  const ended = runProgram('sh', ['-c', `sleep 1000 & echo $! > ${file}; wait`], { signal: stop.signal });
  await eventually(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
  const child = { pid: Number(readFileSync(file, 'utf8')), started: null };
  expect(isAlive(child)).toBe(true);
  stop.abort();
  expect(await codeOfAsync(ended)).toBe('setup-interrupted');
  await eventually(() => isAlive(child)).toBe(false);
});

it('starts nothing once it is stopped', async () => {
  expect(await codeOfAsync(runProgram('sh', ['-c', 'exit 0'], { signal: AbortSignal.abort() }))).toBe(
    'setup-interrupted',
  );
});

it('tells what a program printed and how it ended', async () => {
  const { signal } = new AbortController();
  expect(await runProgram('sh', ['-c', 'echo one; echo two >&2; exit 3'], { signal })).toEqual({
    outcome: 'failed',
    lines: ['one', 'two'],
  });
  expect(await runProgram('no-such-program-here', [], { signal })).toEqual({ outcome: 'missing' });
});
