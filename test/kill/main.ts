import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/*
 * npm run test:kill -- [--times 100] [--seed 1]
 * Kills trainings with SIGKILL at random moments, so many times in all, resumes them, and compares each with one that was
 * left alone. The same seed draws the same moments and victims.
 */

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
for (const [name, value] of Object.entries(values)) {
  if (!/^[1-9]\d*$/.test(value)) {
    process.stderr.write(`--${name} takes a whole number, not ${value}.\n`);
    process.exit(2);
  }
}
const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'kill', '--disable-console-intercept'],
  {
    stdio: 'inherit',
    env: { ...process.env, KILL_TIMES: values.times, KILL_SEED: values.seed },
  },
);
process.exit(status ?? 1);
