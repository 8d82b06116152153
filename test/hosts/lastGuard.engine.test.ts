import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';
import { errorText } from '../../src-main/hosts/lastGuard.ts';

const guardFile = join(import.meta.dirname, '..', '..', 'src-main', 'hosts', 'lastGuard.ts');

/** A program with the guard, that fails in a callback. */
async function ended(close: string, failure: string) {
  const program = `import { endOnUncaughtError } from ${JSON.stringify(guardFile)};
endOnUncaughtError(async () => { ${close} });
setInterval(() => undefined, 1000);
setImmediate(() => { ${failure} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { stdout, stderr, code };
}

test('an error that nothing caught is printed, and what is under way is stopped first', async () => {
  const { stdout, stderr, code } = await ended(
    "await new Promise((resolve) => setTimeout(resolve, 10)); process.stdout.write('checkpointed')",
    "throw new RangeError('out of \\u001b[2Jrange')",
  );
  expect([stdout, code]).toEqual(['checkpointed', 1]);
  expect(stderr).toMatch(/^Error: out of \\u001b\[2Jrange\nThis is a defect.*\(internal\)\nRangeError/);
});

test('so is a promise that nobody waits for, and a failure while stopping', async () => {
  const rejected = await ended("process.stdout.write('stopped')", "Promise.reject(new Error('lost'))");
  expect(rejected).toMatchObject({ stdout: 'stopped', code: 1 });
  expect(rejected.stderr).toContain('Error: lost\n');
  const twice = await ended("throw new Error('cannot stop')", "throw new Error('first')");
  expect(twice).toMatchObject({ code: 1 });
});

test('an error that a person is meant to read has no stack', () => {
  expect(errorText(new WorkbenchError('disk-full', 'No space.', 'Free some.'))).toBe(
    'Error: No space.\nFree some. (disk-full)\n',
  );
});
