import { hostname } from 'node:os';
import { keepPrivate } from '../../foundation/privateFolders.ts';
import { CheckFolder } from '../../launch/check/answers.ts';
import { probe } from '../../launch/check/probe.ts';
import { attemptRun } from '../../launch/node/attemptRun.ts';
import { slurmFacts } from '../../launch/node/JobFacts.ts';
import { JobFolder } from '../../launch/places.ts';
import { relayTrainer } from '../../launch/node/relayTrainer.ts';
import { freePorts } from '../../supervisor/freeAddresses.ts';
import { forkTrainer } from '../forkTrainer.ts';

/*
 * The program of a job on a node of a cluster: trains one run. The batch script starts it with the data folder and the
 * run's id, in place of itself, so that the scheduler's signals reach it. With `--probe` in place of the run, it says what
 * is there. The program of a run that is spread over nodes starts itself on the others: with `--ports N` it says which are
 * free there, with `--trainer THREADS GPU` it trains there.
 */

const [home = '', what = '', ...words] = process.argv.slice(2);
keepPrivate(home);
process.exitCode = await perform();

async function perform(): Promise<number> {
  const [first = '', gpu] = words;
  switch (what) {
    case '--ports':
      console.log(JSON.stringify(await freePorts(Number(first))));
      return 0;
    case '--trainer':
      return await relayTrainer(forkTrainer, Number(first) || null, Number(gpu));
    case '--probe':
      await probe(new CheckFolder(first), slurmFacts(process.env, hostname()));
      return 0;
    default: {
      const program = [process.execPath, import.meta.filename, home];
      const facts = slurmFacts(process.env, hostname());
      return await attemptRun(new JobFolder(home, what), facts, { startTrainer: forkTrainer, program });
    }
  }
}
