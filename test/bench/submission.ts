import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Command } from 'commander';
import { jobsOf } from '../../src-main/launch/jobsOf.ts';
import { JobFolder } from '../../src-main/launch/places.ts';
import { readSubmission } from '../../src-main/launch/SubmissionFile.ts';
import { Submissions } from '../../src-main/launch/Submissions.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { planOf } from '../../src-main/studies/definition.ts';
import type { PlannedRun } from '../../src-main/studies/PlannedRun.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { comparisonSchema } from '../../src-main/tables/comparison/definition.ts';
import { Slurm } from '../cluster/slurm/Slurm.ts';
import { aStudy } from '../support/aStudy.ts';
import { wholeNumber } from '../support/wholeNumber.ts';
import { asTrained, eventsOfTraining } from '../support/asTrained.ts';

/*
 * How long the login side takes for a study of a thousand trainings, most of which start from others: submitting it,
 * looking at it, and attaching when all have ended meanwhile. Nothing is trained. With programs that take jobs as Slurm's
 * do and keep a list of them, or with a Slurm of its own on this machine:
 *
 *     node test/bench/submission.ts [--seeds 50] [--slurm]
 */

const options = new Command('node test/bench/submission.ts')
  .description(
    'Measures submitting a thousand trainings to a cluster, looking at them and attaching to them.',
  )
  .option('--seeds <COUNT>', 'of twenty nets', wholeNumber(1), 50)
  .option('--slurm', 'with a Slurm of its own', false)
  .parse()
  .opts<{ seeds: number; slurm: boolean }>();

const folder = mkdtempSync(join(tmpdir(), 'vgg-submission-'));
const home = join(folder, 'home');
mkdirSync(home);
writeFileSync(join(home, 'clusters.yaml'), JSON.stringify({ test: { scheduler: 'slurm', look: 0.5 } }));
const slurm = options.slurm ? new Slurm({ nodes: 1, port: 25817 }) : undefined;
if (slurm) {
  Object.assign(process.env, slurm.environment);
  // Nothing is to start: only what takes and lists jobs is measured.
  slurm.ask('scontrol', 'update', 'PartitionName=low', 'State=DOWN');
} else imitateSlurm(join(folder, 'programs'));

const id = aStudy().id;
const nets = ['A', 'B', 'C', 'D', 'E'];
const runs = Array.from({ length: 20 }, (_, index) => ({
  key: `${nets[index % 5] ?? 'A'}/${Math.floor(index / 5)}`,
  label: `net ${index}`,
  network: { config: nets[index % 5] },
  ...(index < 5 ? {} : { from: `A/${Math.floor(index / 5) - 1}` }),
}));
const definition = {
  preset: { ...loadPreset('quick'), seeds: Array.from({ length: options.seeds }, (_, seed) => seed) },
  dataset: 'fashion-mnist',
  overrides: [],
  comparison: comparisonSchema.parse({
    ...{
      name: 'many',
      title: 'many',
      question: 'none',
      source: 'none',
      columns: ['top1'],
      curve: 'train/loss',
    },
    ...{ runs, groups: [{ title: 'all', statement: 'none', runs: runs.map(({ key }) => key) }] },
  }),
};
const plan = planOf(definition);
const log = new RunLog(home);
try {
  log.studies.put(aStudy({ dataset: 'fashion-mnist', definition }));
  const submissions = new Submissions(log);
  await measured(`submitting ${plan.length} trainings`, async () => {
    (await submissions.submitStudy(id, undefined, { cluster: 'test' })).detach();
  });
  await submissions.close();
  await measured('looking at all jobs', () => jobsOf(log, id));
  await measured('listing all runs', () => Promise.resolve(log.list.all()));
  leaveAsTrained(plan);
  await measured('attaching when all have ended', async () => {
    await new Submissions(log).attach(id)?.ended;
  });
} finally {
  log.close();
  slurm?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${seconds.toFixed(2).padStart(8)} s (${((user + system) / 1e6).toFixed(2)} s of the processor) ${what}`,
  );
}

/** Puts programs into the path that take jobs and list them, as Slurm's would. */
function imitateSlurm(programs: string): void {
  const jobs = join(programs, 'jobs');
  mkdirSync(programs);
  const scripts = {
    sbatch: `for word; do case $word in --comment=*) comment=\${word#*=};; esac; done
echo "$$|PENDING|Priority||N/A|N/A|$comment" >> ${jobs}; echo $$`,
    squeue: `cat ${jobs} 2>/dev/null || true`,
    scancel: 'true',
    scontrol: 'true',
  };
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  process.env.PATH = `${programs}${delimiter}${process.env.PATH ?? ''}`;
}

/** What the nodes would have left. */
function leaveAsTrained(trained: readonly PlannedRun[]): void {
  const planned = new Map(trained.map((one) => [one.key, one]));
  for (const { run, key, job } of readSubmission(home, id)?.runs ?? []) {
    const one = planned.get(key);
    if (!one) continue;
    asTrained(log.folder(run), one);
    appendFileSync(new JobFolder(home, run).events, eventsOfTraining(job ?? '', one));
  }
}
