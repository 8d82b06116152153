/** Receives the progress of an export or import: bytes done, of the total. */
export type TransferProgress = (doneBytes: number, totalBytes: number) => void;

/** Counts the bytes that pass through this program, reports them, and ends when the signal is aborted. */
export class Transfer {
  /** Size of everything to be transferred. */
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

  /** Passes chunks on and counts them. @throws the signal's reason */
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
