import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clusterSchema } from '../../src-main/launch/clusters.ts';
import { writeJob } from '../../src-main/launch/writeJob.ts';
import { config, openLog } from '../runs/fixtures.ts';

/** The batch script of a run of three processes with two threads each. */
async function scriptOf(cluster: object) {
  const log = openLog();
  const { id } = log.create({
    config: config('training.processes=3', 'training.batch=12', 'training.threads=2'),
  });
  const one = { run: id, key: 'D', source: null, isSourceFinished: false, evaluations: [], fromBest: false };
  const files = await writeJob(log, one, clusterSchema.parse({ scheduler: 'slurm', cpus: 8, ...cluster }));
  return readFileSync(files.script, 'utf8').split('\n');
}

it('asks for the cores of all processes that train the run in step', async () => {
  const script = await scriptOf({});
  expect(script).toEqual(expect.arrayContaining(['#SBATCH --nodes=1', '#SBATCH --cpus-per-task=6']));
});

it('spreads the processes evenly over the nodes of a job, or refuses', async () => {
  const script = await scriptOf({ nodes: 3 });
  expect(script).toEqual(expect.arrayContaining(['#SBATCH --nodes=3', '#SBATCH --cpus-per-task=2']));
  await expect(scriptOf({ nodes: 2 })).rejects.toMatchObject({ code: 'nodes-uneven' });
});
