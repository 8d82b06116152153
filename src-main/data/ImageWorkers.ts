import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { errorFromReport, WorkbenchError } from '../foundation/errors.ts';
import { programFile } from '../foundation/project.ts';
import type { Sample } from './dataset.ts';
import { inParallel } from './inParallel.ts';
import type { ImageAnswer, ImageReference, ImageTask, ImageTasks, ImageWorkerData } from './imageTasks.ts';

/** Bytes of images of a list that all threads of a pool together keep by default. */
export const defaultCacheBytes = Math.min(2 ** 30, totalmem() / 16);

interface Pending {
  images: readonly ImageReference[];
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

interface Thread {
  worker: Worker;
  pending: Map<number, Pending>;
  failure: WorkbenchError | undefined;
}

/**
 * A pool of threads that decode, rescale and crop. A sample always goes to the same thread, so the threads' caches
 * do not overlap. The results do not depend on the number of threads. The threads start with their first task, or before it
 * with `start`.
 */
export class ImageWorkers {
  readonly #count: number;
  readonly #cacheBytes: number;
  readonly #threads = new Map<number, Thread>();
  #nextId = 0;
  #closed = false;

  constructor({ count, cacheBytes = defaultCacheBytes }: { count: number; cacheBytes?: number }) {
    this.#count = count;
    this.#cacheBytes = cacheBytes / count;
  }

  get count(): number {
    return this.#count;
  }

  /** Starts the threads ahead of their first task, which else waits for them: for those that have other work to do first. */
  start(): this {
    for (let lane = 0; lane < this.#count; lane++) this.#thread(lane);
    return this;
  }

  /**
   * @throws WorkbenchError `broken-image` naming the file, `image-worker-failed` if the thread has ended, even before
   */
  ask<Task extends ImageTask>(
    lane: number,
    task: Task,
    question: ImageTasks[Task]['question'],
  ): Promise<ImageTasks[Task]['answer']> {
    if (this.#closed) return Promise.reject(closedError());
    const thread = this.#thread(lane % this.#count);
    if (thread.failure !== undefined) return Promise.reject(thread.failure);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      thread.pending.set(id, { images: question.images, resolve, reject });
      thread.worker.postMessage({ id, task, question });
    });
  }

  /**
   * Pixels of equal size of several samples, `rowBytes` each, in the given order: each thread prepares its own samples,
   * and its rows are copied to their places.
   */
  async gather(
    samples: readonly Sample[],
    indexes: ArrayLike<number>,
    rowBytes: number,
    ask: (lane: number, images: ImageReference[]) => Promise<Uint8Array>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const pixels = new Uint8Array(indexes.length * rowBytes);
    const lanes = Array.from({ length: this.#count }, () => ({
      rows: [] as number[],
      images: [] as ImageReference[],
    }));
    for (let row = 0; row < indexes.length; row++) {
      const index = indexes[row] ?? 0;
      const lane = lanes[index % this.#count];
      lane?.rows.push(row);
      lane?.images.push(referenceTo(samples, index));
    }
    await inParallel(lanes, lanes.length, async ({ rows, images }, lane) => {
      if (images.length === 0) return;
      const answer = await ask(lane, images);
      rows.forEach((row, position) => {
        pixels.set(answer.subarray(position * rowBytes, (position + 1) * rowBytes), row * rowBytes);
      });
    });
    return pixels;
  }

  /** Drops what the threads keep of these samples in memory. */
  async forget(samples: readonly Sample[]): Promise<void> {
    const list = listOf(samples);
    const lanes = [...this.#threads.keys()];
    // A thread that has failed keeps nothing.
    await Promise.allSettled(lanes.map((lane) => this.ask(lane, 'forget', { images: [], list })));
  }

  /** Ends the threads, whatever they are doing; unanswered tasks fail. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads.values()].map(({ worker }) => worker.terminate()));
  }

  #thread(lane: number): Thread {
    const started = this.#threads.get(lane);
    if (started !== undefined) return started;
    const worker = new Worker(programFile('data', 'imageWorker'), {
      workerData: { cacheBytes: this.#cacheBytes } satisfies ImageWorkerData,
    });
    const thread: Thread = { worker, pending: new Map(), failure: undefined };
    this.#threads.set(lane, thread);
    worker.on('message', (message: ImageAnswer) => {
      const pending = thread.pending.get(message.id);
      thread.pending.delete(message.id);
      if ('error' in message) pending?.reject(errorFromReport(message.error));
      else pending?.resolve(message.answer as never);
    });
    worker.on('error', (error) => {
      this.#fail(thread, error);
    });
    worker.on('exit', () => {
      this.#fail(thread, undefined);
    });
    return thread;
  }

  #fail(thread: Thread, cause: unknown): void {
    const names = [...thread.pending.values()].flatMap(({ images }) => images.map(({ name }) => name));
    thread.failure ??= this.#closed ? closedError() : threadError(names, cause);
    for (const { reject } of thread.pending.values()) reject(thread.failure);
    thread.pending.clear();
  }
}

const lists = new WeakMap<readonly Sample[], number>();
let knownLists = 0;

/** The number of a list of samples in this process. */
function listOf(samples: readonly Sample[]): number {
  const list = lists.get(samples) ?? knownLists++;
  lists.set(samples, list);
  return list;
}

/** A sample as sent to a thread: a view of ordinary memory is copied, or its whole buffer would be sent. */
export function referenceTo(samples: readonly Sample[], index: number): ImageReference {
  const sample = samples[index];
  if (sample === undefined) throw new RangeError(`There is no sample ${index}.`);
  const { label: _label, ...rest } = sample;
  const { source } = rest;
  const list = listOf(samples);
  if (source.kind === 'file' || source.data.buffer instanceof SharedArrayBuffer)
    return { list, index, ...rest };
  return { list, index, ...rest, source: { ...source, data: source.data.slice() } };
}

function threadError(names: readonly string[], cause: unknown): WorkbenchError {
  const busy =
    names.length > 0 ? `, at work on ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}` : '';
  const reason = cause instanceof Error ? `: ${cause.message}` : '.';
  return new WorkbenchError(
    'image-worker-failed',
    `A thread that prepares images ended unexpectedly${busy}${reason}`,
    'Check these images with "npm run -s vgg -- data check", and that the machine has memory left; then resume.',
    { kind: 'failure', cause },
  );
}

function closedError(): WorkbenchError {
  return new WorkbenchError('images-closed', 'The preparation of images was ended.', 'Start it anew.', {
    kind: 'interrupted',
  });
}
