import { defined } from '../foundation/defined.ts';
import { everyonesErrors } from '../foundation/everyonesErrors.ts';
import { reportError, WorkbenchError, type ErrorCode, type ErrorReport } from '../foundation/errors.ts';
import { runFinished } from '../runs/errors.ts';
import { ownerAlive, ownerOf } from '../runs/owner.ts';
import type { RunLog } from '../runs/RunLog.ts';
import type { ActiveStudy } from '../studies/ActiveStudy.ts';
import { studyTitle } from '../studies/title.ts';
import type { ActiveRun, End, StoppedStatus } from '../supervisor/ActiveRun.ts';
import { Feed } from '../foundation/Feed.ts';
import { bestEffort } from '../supervisor/bestEffort.ts';
import type { Parallel } from '../vocabulary/parallel.ts';
import { runName } from '../vocabulary/runName.ts';
import { isSame, merged, type EntryId } from './entries.ts';
import { busyElsewhere, notUnderWay, notWaiting, queueElsewhere } from './errors.ts';
import { stateAfterRestart } from './stateAfterRestart.ts';
import { QueueFile, type SavedEntry, type SavedQueue } from './QueueFile.ts';
import type { QueueEntry, QueueState } from './state.ts';

export interface QueueServices {
  log: RunLog;
  startRun(id: string, fromBest?: boolean): Promise<ActiveRun>;
  startStudy(id: string, start: StudyStart): Promise<ActiveStudy>;
}

/** Which runs of a study are trained, and how many of them side by side. */
export interface StudyStart {
  only?: readonly string[] | undefined;
  parallel?: Parallel | undefined;
}

/** How an entry is started: a run perhaps from its best checkpoint, which replaces its last. */
interface EntryStart extends StudyStart {
  fromBest?: boolean | undefined;
}

/** The work on the first entry, from when it begins to start until it has ended. */
interface Active {
  work?: ActiveRun | ActiveStudy;
  /** Set if a person stopped it. */
  stopping?: StoppedStatus;
  /** The entry, if it was added again while stopping. */
  again?: SavedEntry;
}

/** How an entry ended; `null` if it did not start. */
type EntryEnd = End | { status: null; error: ErrorReport };

/** If one of these errors keeps an entry from starting, it is under way elsewhere or gone. */
const passingErrors = new Set<ErrorCode>(['run-busy', 'study-busy', 'run-not-found', 'study-not-found']);

/**
 * The runs and studies that wait for the device, trained one at a time, in an order that outlives the program. It is
 * kept in a file of the data folder and processed by one process. Nothing starts by itself when the program starts: a
 * queue that is not empty is then held, unless what was under way has gone on without the program.
 */
export class Queue {
  readonly #services: QueueServices;
  readonly #file: QueueFile;
  readonly #feed = new Feed<QueueState>();
  #saved: SavedQueue;
  #active: Active | undefined;
  #closing = false;
  /** Resolves when nothing is under way. */
  #idle: Promise<void> = Promise.resolve();

  /** @throws WorkbenchError `queue-elsewhere` if another process owns the queue; `disk-full`, `write-failed` */
  constructor(services: QueueServices) {
    this.#services = services;
    this.#file = new QueueFile(services.log.home);
    const found = this.#file.read();
    if (found.owner !== null && ownerAlive(found.owner, null)) throw queueElsewhere(found.owner);
    const { current } = found;
    const owner = ownerOf(process.pid);
    const state =
      current === null || found.owner === null || services.log.readOnly
        ? 'cut off'
        : stateAfterRestart(services.log, current);
    this.#saved = { ...found, current: null, owner };
    if (state === 'cut off') {
      const waiting = current === null ? found.waiting : [current, ...found.waiting];
      const held = found.held || waiting.length > 0;
      this.#saved = { ...this.#saved, held, reason: this.#reasonFound(found), waiting };
    }
    // Where nothing can be written, the queue is only shown.
    if (services.log.readOnly) return;
    this.#put({});
    if (current !== null && state === 'under way') this.takeUp(current);
    else if (state === 'ended') this.#change({});
  }

  /** Whether nothing is under way. */
  get isIdle(): boolean {
    return this.#active === undefined;
  }

  /** Makes what is trained without anybody leading it the current entry. To be called while nothing is under way. */
  takeUp(entry: SavedEntry): void {
    this.#start(entry, { waiting: this.#saved.waiting.filter((other) => !isSame(other, entry)) });
  }

  state(): QueueState {
    const { held, reason, current, waiting } = this.#saved;
    const first = current && this.#shown(current, this.#active?.stopping ? 'stopping' : 'running');
    const others = waiting.map((entry) => this.#shown(entry, 'waiting'));
    return { held, reason, entries: [first, ...others].filter((entry) => entry !== null) };
  }

  /** The state now and after each change. */
  watch(): AsyncGenerator<QueueState, void, undefined> {
    return this.#feed.read();
  }

  /**
   * Adds a run or study at the end; one that already waits keeps its place. A request for a study is added to earlier
   * requests for it, even while it is under way.
   *
   * @param start the runs of a study to train, named as in a study's selection, and how many at once; where a run goes on
   * @throws WorkbenchError `run-finished`; `run-busy`, `study-busy` if it is under way elsewhere; `run-not-found`,
   *   `study-not-found`, `study-run-unknown`
   */
  add({ kind, id: requested }: EntryId, { only, parallel, fromBest = false }: EntryStart = {}): void {
    const { log } = this.#services;
    const { id, status } = kind === 'run' ? log.runs.get(requested) : log.studies.get(requested);
    const entry: SavedEntry = {
      kind,
      id,
      ...defined({ only: only && [...only], parallel }),
      ...(fromBest && { fromBest }),
    };
    const { current, waiting } = this.#saved;
    if (this.#active && current && isSame(current, entry)) {
      if (this.#active.stopping || !isIncluded(this.#active, entry)) this.#active.again = entry;
      this.#change({ current: started(merged(current, entry)) });
      return;
    }
    if (kind === 'run' && status === 'finished') throw runFinished(id);
    if (status === 'running') throw busyElsewhere(kind, id);
    const known = waiting.find((other) => isSame(other, entry));
    this.#change({
      waiting: known
        ? waiting.map((other) => (other === known ? merged(known, entry) : other))
        : [...waiting, entry],
    });
  }

  /** Moves a waiting entry before another waiting one, or to the end. @throws WorkbenchError `not-waiting` */
  move(place: EntryId, before: EntryId | null): void {
    const entry = this.#waitingAt(place);
    const target = before && this.#waitingAt(before);
    if (target === entry) return;
    const others = this.#saved.waiting.filter((other) => other !== entry);
    const position = target === null ? others.length : others.indexOf(target);
    this.#change({ waiting: others.toSpliced(position, 0, entry) });
  }

  /** Removes a waiting entry; one under way is checkpointed and stopped. */
  remove(place: EntryId): void {
    if (this.#isUnderWay(place)) this.#stop('interrupted');
    this.#change({ waiting: this.#saved.waiting.filter((other) => !isSame(other, place)) });
  }

  /** Checkpoints the current entry and marks it paused; the next one starts. @throws WorkbenchError `not-under-way` */
  pause(place: EntryId): void {
    if (!this.#isUnderWay(place)) throw notUnderWay(place.id);
    this.#stop('paused');
    this.#put({});
  }

  /** Holds or releases the queue. While it is held, the current entry goes on and nothing else starts. */
  hold(held: boolean): void {
    this.#change({ held, reason: null });
  }

  /** Checkpoints the current entry, which stays first in the queue, and gives up ownership of the queue. */
  async close(): Promise<void> {
    this.#closing = true;
    if (!this.#active?.stopping) this.#active?.work?.stop('interrupted');
    await this.#idle;
    // On a full disk this may fail. An owner that is gone counts as none.
    bestEffort(() => {
      this.#put({ owner: null });
    });
    this.#feed.close();
  }

  #stop(as: StoppedStatus): void {
    if (!this.#active) return;
    this.#active.stopping ??= as;
    delete this.#active.again;
    this.#active.work?.stop(as);
  }

  /** Changes the queue, first on disk: if that fails, nothing is changed. */
  #put(changes: Partial<SavedQueue>): void {
    const saved = { ...this.#saved, ...changes };
    this.#file.write(saved);
    this.#saved = saved;
    this.#feed.publish(this.state());
  }

  /** Changes the queue, and starts the first waiting entry if the queue is not held and nothing is under way. */
  #change(changes: Partial<SavedQueue>): void {
    const { held, waiting } = { ...this.#saved, ...changes };
    const [entry, ...others] = waiting;
    if (held || this.#closing || this.#active || !entry) {
      this.#put(changes);
      return;
    }
    this.#start(entry, { ...changes, waiting: others });
  }

  #start(entry: SavedEntry, changes: Partial<SavedQueue>): void {
    this.#put({ ...changes, current: started(entry) });
    this.#active = {};
    this.#idle = this.#perform(this.#active, entry);
  }

  async #perform(active: Active, entry: SavedEntry): Promise<void> {
    const outcome = await this.#work(active, entry).catch((thrown: unknown) => notStarted(thrown));
    this.#active = undefined;
    const isUnfinished = outcome.status === null || outcome.status === 'interrupted';
    // The program is closing: the entry keeps its place in the file.
    if (this.#closing && !active.stopping && isUnfinished) return;
    this.#settle(active, entry, outcome);
  }

  /** Starts an entry and waits for its end. @throws WorkbenchError those of the engine and of starting the entry */
  async #work(active: Active, entry: SavedEntry): Promise<End> {
    const services = this.#services;
    if (entry.kind === 'run') {
      const { status } = services.log.runs.get(entry.id);
      if (status === 'finished') return { status, error: null };
      active.work = await services.startRun(entry.id, entry.fromBest);
    } else {
      active.work = await services.startStudy(entry.id, entry);
    }
    if (active.stopping) active.work.stop(active.stopping);
    else if (this.#closing) active.work.stop();
    return await active.work.ended;
  }

  /** Removes an entry that has ended and starts the next one, unless that would fail in the same way. */
  #settle(active: Active, entry: SavedEntry, { status, error }: EntryEnd): void {
    const isOthersToo =
      error !== null && (status === null ? !passingErrors.has(error.code) : everyonesErrors.has(error.code));
    const { current, waiting } = this.#saved;
    const again = active.again ? [active.again] : [];
    const changes: Partial<SavedQueue> = isOthersToo
      ? {
          held: true,
          reason: `${error.message} ${error.nextStep}`,
          current: null,
          waiting: active.stopping
            ? [...waiting, ...again]
            : [status === null ? merged(entry, current ?? entry) : (current ?? entry), ...waiting],
        }
      : { current: null, waiting: [...waiting, ...again] };
    try {
      this.#change(changes);
    } catch (thrown) {
      // Nothing more can be written, so the file still names this entry.
      const { message, nextStep } = reportError(thrown);
      this.#saved = { ...this.#saved, ...changes, held: true, reason: `${message} ${nextStep}` };
      this.#feed.publish(this.state());
    }
  }

  #isUnderWay(place: EntryId): boolean {
    return this.#saved.current !== null && isSame(this.#saved.current, place);
  }

  #waitingAt(place: EntryId): SavedEntry {
    const entry = this.#saved.waiting.find((other) => isSame(other, place));
    if (!entry) throw notWaiting(place.id);
    return entry;
  }

  #reasonFound({ held, reason, current, waiting, owner }: SavedQueue): string | null {
    if (current !== null && owner !== null) {
      return `The program ended while ${this.#titleOf(current) ?? current.id} was under way.`;
    }
    if (held || (current === null && waiting.length === 0)) return reason;
    return 'The program was closed.';
  }

  /** The entry as the window shows it; null if its run or study was deleted. */
  #shown(entry: SavedEntry, state: QueueEntry['state']): QueueEntry | null {
    const { kind, id, only = null } = entry;
    const title = this.#titleOf(entry);
    return title === null ? null : { kind, id, title, state, only };
  }

  #titleOf({ kind, id }: SavedEntry): string | null {
    const { runs, studies } = this.#services.log;
    try {
      if (kind === 'study') return studyTitle(studies.get(id));
      const { name, config } = runs.get(id);
      return runName({ id, name, trainScale: config.data.trainScale });
    } catch (error) {
      if (error instanceof WorkbenchError && passingErrors.has(error.code)) return null;
      throw error;
    }
  }
}

/** As it is kept while it is under way: after a crash it goes on from where it was by then. */
function started({ fromBest: _once, ...entry }: SavedEntry): SavedEntry {
  return entry;
}

function notStarted(thrown: unknown): EntryEnd {
  return { status: null, error: reportError(thrown) };
}

/** Whether the current work covers the entry, too: a run always does, a study if it can be extended before it ends. */
function isIncluded({ work }: Active, { kind, only }: SavedEntry): boolean {
  if (kind === 'run') return true;
  return work !== undefined && 'include' in work && work.include(only);
}
