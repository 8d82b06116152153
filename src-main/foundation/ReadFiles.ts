import { statSync, type Stats } from 'node:fs';

/** The clocks of file systems tick so coarsely that a file may change twice within a tick. */
const millisecondsUnsure = 2000;

interface Known<Value> {
  mtimeMs: number;
  size: number;
  value: Value;
}

/** What is made of files, made again only when a file has changed. All get the same, so it is frozen. */
export class ReadFiles<Value> {
  readonly #read: (path: string) => Value;
  readonly #known = new Map<string, Known<Value>>();

  constructor(read: (path: string) => Value) {
    this.#read = read;
  }

  /** @throws whatever reading throws */
  of(path: string): Value {
    const facts = factsOf(path);
    const known = this.#known.get(path);
    if (known && known.mtimeMs === facts?.mtimeMs && known.size === facts.size) return known.value;
    this.#known.delete(path);
    const value = frozen(this.#read(path));
    if (facts && Date.now() - facts.mtimeMs > millisecondsUnsure) {
      this.#known.set(path, { mtimeMs: facts.mtimeMs, size: facts.size, value });
    }
    return value;
  }
}

/** Undefined where nothing can be found out: reading says why. */
function factsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
