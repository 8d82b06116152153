/** What is told of an export or import under way: bytes done, of all. */
export type TransferProgress = (doneBytes: number, totalBytes: number) => void;

/** Bytes on their way through this program: counts them, tells of them, and ends by the signal. */
export class Transfer {
  /** Of everything that is to pass. */
  totalBytes = 0;
  #doneBytes = 0;
  readonly #onProgress: TransferProgress;
  readonly #signal: AbortSignal | undefined;

  constructor(onProgress: TransferProgress = () => undefined, signal?: AbortSignal) {
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  get doneBytes(): number {
    return this.#doneBytes;
  }

  /** The same chunks, counted. @throws the signal's reason */
  async *through(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      this.#signal?.throwIfAborted();
      yield chunk;
      this.#doneBytes += chunk.byteLength;
      this.#onProgress(this.#doneBytes, this.totalBytes);
    }
  }
}
