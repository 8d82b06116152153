/** A value that a {@link Recent} holds, and its size. */
interface Kept<Value> {
  value: Value;
  bytes: number;
}

/** Keeps the most recently used values, up to a number of bytes; the latest is kept however large it is. */
export class Recent<Value> {
  readonly #kept = new Map<string, Kept<Value>>();
  readonly #maxBytes: number;
  readonly #release: (value: Value) => void;

  /** @param release called with each value that is no longer kept */
  constructor(maxBytes: number, release: (value: Value) => void = () => undefined) {
    this.#maxBytes = maxBytes;
    this.#release = release;
  }

  /** The value of a key, made if it is not kept. Calls must come one at a time. */
  async get(key: string, make: () => Promise<Kept<Value>> | Kept<Value>): Promise<Value> {
    const kept = this.#kept.get(key) ?? (await make());
    // A map keeps its order, so its last entry is the most recently used.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    this.#shrink();
    return kept.value;
  }

  clear(): void {
    for (const { value } of this.#kept.values()) this.#release(value);
    this.#kept.clear();
  }

  #shrink(): void {
    let bytes = 0;
    for (const [key, kept] of [...this.#kept].reverse()) {
      bytes += kept.bytes;
      if (bytes <= this.#maxBytes || bytes === kept.bytes) continue;
      this.#kept.delete(key);
      this.#release(kept.value);
    }
  }
}
