import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { wholeNumber } from '../support/wholeNumber.ts';

/*
 * npm run test:kill -- [--times 100] [--seed 1]
 * Kills trainings with SIGKILL at random moments, so many times in all, resumes them, and compares each with one that was
 * left alone. The same seed draws the same moments and victims.
 */

const { times, seed } = new Command('npm run test:kill --')
  .description('Kills trainings at random moments, resumes them, and compares them with undisturbed ones.')
  .option('--times <COUNT>', 'kills in all', wholeNumber(1), 20)
  .option('--seed <NUMBER>', 'of moments and victims', wholeNumber(1), 1)
  .parse()
  .opts<{ times: number; seed: number }>();
const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'kill', '--disable-console-intercept'],
  {
    stdio: 'inherit',
    env: { ...process.env, KILL_TIMES: String(times), KILL_SEED: String(seed) },
  },
);
process.exit(status ?? 1);
