import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { localClient, type WorkbenchClient } from '../../src-main/workbench/api.ts';
import type { QueueState } from '../../src-main/workbench/contract.ts';
import { plainHost } from '../../src-main/workbench/Host.ts';
import { Workbench } from '../../src-main/workbench/Workbench.ts';

/** A workbench of this process, with real trainers unless others are given. */
export function openWorkbench(home: string, startTrainer: StartTrainer = forkTrainer) {
  const workbench = new Workbench({ home, startTrainer, host: plainHost('browser') });
  onTestFinished(() => workbench.close());
  return { workbench, client: localClient(workbench) };
}

/** A run of a net that trains in a moment: epochs of four steps on the pictures of ten classes. */
export async function newRun(
  client: WorkbenchClient,
  dataset: string,
  ...overrides: string[]
): Promise<string> {
  const { id } = await client.runs.create({
    overrides: [
      ...['network.config=A', 'network.crop=32', 'network.width=0.03125'],
      ...['data.trainScale=36', 'evaluation.testScales=36', 'training.batch=10', 'training.epochs=1'],
      ...['data.workers=1', `data.dataset=${JSON.stringify(dataset)}`, ...overrides],
    ],
  });
  return id;
}

/** Waits for a state that is so. */
export async function queueState(
  client: WorkbenchClient,
  isSo: (state: QueueState) => boolean,
): Promise<QueueState> {
  for await (const state of await client.queue.watch()) if (isSo(state)) return state;
  throw new Error('The queue was closed first.');
}

export const isEmpty = ({ entries }: QueueState) => entries.length === 0;
export const shown = ({ entries }: QueueState) => entries.map(({ id, state }) => [id, state]);

/** Waits until a run that is under way has made a step. */
export async function madeStep(client: WorkbenchClient, run: string): Promise<void> {
  for await (const event of await client.runs.watch({ id: run })) {
    if (event.type === 'metrics' && event.step >= 2) return;
    if (event.type === 'ended') throw new Error(`The run has ended: ${JSON.stringify(event)}`);
  }
}

/** A workbench in a process of its own, which adds runs to its queue and tells what became of it. */
export class QueueProcess {
  readonly process: ChildProcess;

  constructor(home: string, environment: NodeJS.ProcessEnv, runs: readonly string[]) {
    this.process = fork(join(import.meta.dirname, 'queueProcess.ts'), [home, ...runs], { env: environment });
    onTestFinished(() => {
      this.process.kill('SIGKILL');
    });
  }

  /** Waits until the first run has made a step. */
  async underWay(): Promise<void> {
    const [message] = (await once(this.process, 'message')) as unknown[];
    if (message !== 'under way') throw new Error(String(message));
  }

  async kill(): Promise<void> {
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }
}
