import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/until.ts';

const watchFile = join(import.meta.dirname, '..', '..', 'src-main', 'trainer', 'parentWatch.ts');

/** The child blocks its main thread for good. */
const child = `import { endAfterParent } from ${JSON.stringify(watchFile)};
endAfterParent(50);
process.stdout.write(process.pid + '\\n');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;
const parent = `import { spawn } from 'node:child_process';
spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
setInterval(() => undefined, 1000);`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a process whose main thread is blocked does not outlive the one that started it', async () => {
  const started = spawn(process.execPath, ['--input-type=module', '-e', parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  started.kill('SIGKILL');
  await until(() => !isAlive(pid));
});
