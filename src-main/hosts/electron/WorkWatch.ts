import { reportError } from '../../foundation/errors.ts';
import type { QueueEntry, RunEvent, StudyEvent } from '../../workbench/contract.ts';
import type { WorkbenchClient } from '../../workbench/api.ts';

/** The work under way, to show outside the window: share done, 0–1. */
export interface Work {
  entry: QueueEntry;
  done: number;
}

type Ended = Extract<RunEvent, { type: 'ended' }> | Extract<StudyEvent, { type: 'ended' }>;

interface Listeners {
  /** Receives undefined when nothing is under way any more. */
  onWork: (work: Work | undefined) => void;
  onEnd: (entry: QueueEntry, end: Ended) => void;
}

/** Follows the queue and the progress of its current entry. */
export class WorkWatch {
  readonly #client: WorkbenchClient;
  readonly #listeners: Listeners;
  #current: QueueEntry | undefined;

  constructor(client: WorkbenchClient, listeners: Listeners) {
    this.#client = client;
    this.#listeners = listeners;
    void this.#followQueue();
  }

  get current(): QueueEntry | undefined {
    return this.#current;
  }

  async #followQueue(): Promise<void> {
    let wasStopping = false;
    try {
      for await (const { entries } of await this.#client.queue.watch()) {
        const current = entries.find(({ state }) => state !== 'waiting');
        const isSame = current?.id === this.#current?.id;
        // An entry that was stopped and added again is under way once more.
        const isAgain = wasStopping && current?.state === 'running';
        wasStopping = current?.state === 'stopping';
        if (isSame && !isAgain) continue;
        this.#current = current;
        this.#listeners.onWork(current && { entry: current, done: 0 });
        if (current) void this.#follow(current).catch(tell(`${current.title} is not followed`));
      }
    } catch (error) {
      // Another process may own the queue.
      tell('The queue is not followed')(error);
    }
  }

  async #follow(entry: QueueEntry): Promise<void> {
    let totalSteps = Infinity;
    const show = (done: number) => {
      if (entry === this.#current) this.#listeners.onWork({ entry, done });
    };
    for await (const event of await this.#eventsOf(entry)) {
      if (event.type === 'ended') this.#listeners.onEnd(entry, event);
      else if (event.type === 'started') totalSteps = event.totalSteps;
      else if (event.type === 'metrics') show(event.step / totalSteps);
      else if (event.type === 'progress' && 'snapshot' in event) {
        const { runs } = event.snapshot;
        show(runs.reduce((sum, { done }) => sum + done, 0) / Math.max(1, runs.length));
      }
    }
  }

  #eventsOf({ kind, id }: QueueEntry): Promise<AsyncIterable<RunEvent | StudyEvent>> {
    return kind === 'run' ? this.#client.runs.watch({ id }) : this.#client.studies.watch({ id });
  }
}

/** Reports errors on the terminal; the window shows the same through the state of the queue. */
function tell(what: string): (error: unknown) => void {
  return (error) => {
    process.stderr.write(`${what}: ${reportError(error).message}\n`);
  };
}
