import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clusterSchema } from '../../src-main/launch/clusters.ts';
import { writeJob } from '../../src-main/launch/writeJob.ts';
import { config, openLog } from '../runs/fixtures.ts';

it('asks for the cores of all processes that train the run in step', async () => {
  const log = openLog();
  const { id } = log.create({
    config: config('training.processes=3', 'training.batch=12', 'training.threads=2'),
  });
  const one = { run: id, key: 'D', source: null, isSourceFinished: false, evaluations: [], fromBest: false };
  const files = await writeJob(log, one, clusterSchema.parse({ scheduler: 'slurm', cpus: 8 }));
  expect(readFileSync(files.script, 'utf8')).toContain('--cpus-per-task=6\n');
});
