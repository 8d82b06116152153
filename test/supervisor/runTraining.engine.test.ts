import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RequestedEvaluation } from '../../src-main/configuration/evaluations.ts';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import type { RunLog } from '../../src-main/runs/RunLog.ts';
import { ActiveRun, type End } from '../../src-main/supervisor/ActiveRun.ts';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { isAlive, Place } from '../hosts/cli/support.ts';
import { config, openLog } from '../runs/fixtures.ts';
import { testEngineFiles } from '../support/engine.ts';
import { differences, losses } from '../support/sameTraining.ts';
import { trainerHere } from '../support/trainerHere.ts';

const evaluations: RequestedEvaluation[] = [
  { protocol: 'dense', testScales: [36] },
  { protocol: 'centre-crop', testScales: [40] },
];

/** Small trainings with one thread in each process, since the number of threads decides the last bits. */
async function trainings() {
  const place = await Place.make();
  const log = openLog(place.home);
  const dataset = await place.dataset({ train: 4, val: 2 });
  const create = (...settings: string[]) =>
    log.create({
      config: config(
        ...['config=A', 'crop=32', 'width=0.03125', 'dropout=0.5'].map((setting) => `network.${setting}`),
        ...['batch=16', 'threads=1', 'statisticsEvery=2', 'epochs=2'].map((setting) => `training.${setting}`),
        ...['data.trainScale=36-48', 'data.workers=1'],
        'evaluation.testScales=36',
        `data.dataset=${JSON.stringify(dataset)}`,
        ...settings,
      ),
    }).id;
  return { log, create };
}

/** This process computes with one thread, too. */
const here: StartTrainer = () => trainerHere(null);

async function run(log: RunLog, id: string, startTrainer: StartTrainer = forkTrainer): Promise<End> {
  const services = { log, engine: await testEngineFiles(), startTrainer };
  return await new ActiveRun(services, id, evaluations).ended;
}

/** Of what two runs gave: their weights and velocities, metrics and evaluations. */
function expectSame(log: RunLog, id: string, other: string) {
  const [folder, otherFolder] = [log.folder(id), log.folder(other)];
  expect(differences(folder.checkpoint('last'), otherFolder.checkpoint('last'))).toEqual([]);
  expect(losses(folder.metrics)).toEqual(losses(otherFolder.metrics));
  expect(scoresOf(log, id)).toEqual(scoresOf(log, other));
  expect(scoresOf(log, id)).toHaveLength(evaluations.length);
}

function scoresOf(log: RunLog, id: string) {
  return log.evaluations
    .of(id)
    .map(({ protocol, top1Error, top5Error, images }) => ({ protocol, top1Error, top5Error, images }));
}

describe('a net trained by several processes in step', () => {
  // With a momentum, a limit to the gradient's length, dropout and jittered scales; 'none' is TensorFlow's own operations.
  it.each([
    { processes: 2, kernels: 'none' },
    { processes: 4, kernels: '' },
  ])(
    'gives the bytes of micro-batches ($processes processes, VGG_ISA=$kernels)',
    async ({ processes, kernels }) => {
      vi.stubEnv('VGG_ISA', kernels);
      onTestFinished(() => {
        vi.unstubAllEnvs();
      });
      const { log, create } = await trainings();
      const parts = create(`training.microBatch=${16 / processes}`);
      const shared = create(`training.processes=${processes}`);
      // This process computes by the processor's own kernels.
      const startTrainer = kernels === '' ? here : forkTrainer;
      expect(await run(log, parts, startTrainer)).toEqual({ status: 'finished', error: null });
      expect(await run(log, shared)).toEqual({ status: 'finished', error: null });
      expectSame(log, shared, parts);
      expect(log.runs.get(shared).environment).toMatchObject({ processes, threads: 1 });
    },
  );

  it('stops at the same step, loses a process, and goes on from the last checkpoint', async () => {
    const epochs = 'training.epochs=6';
    const { log, create } = await trainings();
    const undisturbed = create(epochs, 'training.microBatch=8');
    await run(log, undisturbed, here);

    const id = create(epochs, 'training.processes=2');
    const pids: number[] = [];
    const start: StartTrainer = (...parameters) => {
      const link = forkTrainer(...parameters);
      link.onStart((pid) => pids.push(pid));
      return link;
    };
    const services = { log, engine: await testEngineFiles(), startTrainer: start };
    const stopped = new ActiveRun(services, id, evaluations);
    await firstCheckpoint(stopped);
    stopped.stop();
    expect(await stopped.ended).toEqual({ status: 'interrupted', error: null });

    const killed = new ActiveRun(services, id, evaluations);
    await firstCheckpoint(killed);
    process.kill(pids.at(-1) ?? NaN, 'SIGKILL');
    const { status, error } = await killed.ended;
    expect({ status, code: error?.code, kind: error?.kind }).toEqual({
      status: 'failed',
      code: 'peer-lost',
      kind: 'interrupted',
    });
    expect(pids.filter(isAlive)).toEqual([]);

    expect(await run(log, id)).toEqual({ status: 'finished', error: null });
    expectSame(log, id, undisturbed);
  });

  it('does not begin where the processes compute by different kernels', async () => {
    const { log, create } = await trainings();
    const start: StartTrainer = (threads, gpu) => {
      vi.stubEnv('VGG_ISA', gpu === 0 ? 'none' : '');
      const link = forkTrainer(threads, gpu);
      vi.unstubAllEnvs();
      return link;
    };
    const { status, error } = await run(log, create('training.processes=2'), start);
    expect({ status, code: error?.code }).toEqual({ status: 'failed', code: 'peers-differ' });
  });
});

async function firstCheckpoint(run: ActiveRun): Promise<void> {
  for await (const event of run.events.read()) if (event.type === 'checkpoint') return;
}
