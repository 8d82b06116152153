import type { SavedEntry } from '../queue/QueueFile.ts';
import type { Queue } from '../queue/Queue.ts';
import { isOrphanAtWork } from '../runs/owner.ts';
import type { RunLog } from '../runs/RunLog.ts';

const millisecondsBetweenLooks = 2000;

/** Most nets that a study trains side by side. */
const most = 16;

/**
 * Looks for trainings that go on while the program that led them is gone, such as a command line whose terminal was closed:
 * brings what they do into the log, and has the queue take them up while nothing else is under way.
 */
export class OrphanRuns {
  readonly #log: RunLog;
  readonly #queue: () => Queue;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #isClosed = false;

  /** @param queue may throw, if another program works through the queue */
  constructor(log: RunLog, queue: () => Queue) {
    this.#log = log;
    this.#queue = queue;
    this.#timer = setInterval(() => void this.look(), millisecondsBetweenLooks).unref();
  }

  /** Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch(() => undefined)
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { runs } = this.#log;
    for (const id of runs.left()) await this.#log.catchUpWith(id);
    if (this.#isClosed) return;
    const queue = this.#queue();
    if (!queue.isIdle) return;
    const left = runs.left().filter((id) => isOrphanAtWork(runs.get(id)));
    for (const id of left) {
      const entry = this.#entryOf(id, left);
      if (entry === null) continue;
      queue.takeUp(entry);
      return;
    }
  }

  /** The run, or of its study those that are trained; null if the study is led by another program. */
  #entryOf(id: string, left: readonly string[]): SavedEntry | null {
    const { studies } = this.#log;
    const [place] = studies.placesOf(id);
    if (!place) return { kind: 'run', id };
    const { studyId } = place;
    if (studies.get(studyId).status === 'running') return null;
    const only = studies.runsOf(studyId).flatMap(({ key, runId }) => (left.includes(runId) ? [key] : []));
    return { kind: 'study', id: studyId, only, parallel: Math.min(most, only.length) };
  }
}
