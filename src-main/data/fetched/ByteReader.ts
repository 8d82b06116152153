/** Reads a stream of bytes by pieces of given lengths. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  /** Bytes of the current part that are not read yet. */
  #left = 0;

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** So many bytes at once. @throws Error if there are fewer */
  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = bytes; left > 0;) {
      const part = await this.#next(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  async skip(bytes: number): Promise<void> {
    for (let left = bytes; left > 0;) left -= (await this.#next(left)).length;
  }

  /** The next bytes as chunks, to be read before anything else is, or left to {@link skipPart}. */
  part(bytes: number): AsyncGenerator<Buffer> {
    this.#left = bytes;
    return this.#rest();
  }

  async *#rest(): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      const chunk = await this.#next(this.#left);
      this.#left -= chunk.length;
      yield chunk;
    }
  }

  /** What nobody has read of the current part. */
  async skipPart(): Promise<void> {
    await this.skip(this.#left);
    this.#left = 0;
  }

  /** At least one byte and at most so many. */
  async #next(most: number): Promise<Buffer> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new Error('it is cut short');
      this.#chunk = next.value;
    }
    const part = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(part.length);
    return part;
  }
}
