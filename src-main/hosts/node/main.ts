import { hostname } from 'node:os';
import { keepPrivate } from '../../foundation/privateFolders.ts';
import { attemptRun } from '../../launch/node/attemptRun.ts';
import { slurmFacts } from '../../launch/node/JobFacts.ts';
import { JobFolder } from '../../launch/places.ts';
import { forkTrainer } from '../forkTrainer.ts';

/*
 * The program of a job on a node of a cluster: trains one run. The batch script starts it with the data folder and the
 * run's id, in place of itself, so that the scheduler's signals reach it.
 */

const [home = '', run = ''] = process.argv.slice(2);
keepPrivate(home);
process.exitCode = await attemptRun(
  new JobFolder(home, run),
  slurmFacts(process.env, hostname()),
  forkTrainer,
);
