import { hostname } from 'node:os';
import { keepPrivate } from '../../foundation/privateFolders.ts';
import { CheckFolder } from '../../launch/check/answers.ts';
import { probe } from '../../launch/check/probe.ts';
import { attemptRun } from '../../launch/node/attemptRun.ts';
import { slurmFacts } from '../../launch/node/JobFacts.ts';
import { JobFolder } from '../../launch/places.ts';
import { forkTrainer } from '../forkTrainer.ts';

/*
 * The program of a job on a node of a cluster: trains one run. The batch script starts it with the data folder and the
 * run's id, in place of itself, so that the scheduler's signals reach it. With `--probe` in place of the run, it says what
 * is there.
 */

const [home = '', run = '', folder = ''] = process.argv.slice(2);
const facts = slurmFacts(process.env, hostname());
keepPrivate(home);
if (run === '--probe') await probe(new CheckFolder(folder), facts);
else process.exitCode = await attemptRun(new JobFolder(home, run), facts, forkTrainer);
