/** How many ended runs or studies are kept, so that late callers still learn how they ended. */
const maxEnded = 100;

interface Work {
  readonly id: string;
  /** Never rejects. */
  readonly ended: Promise<unknown>;
}

/** Runs or studies that were started here: all that are under way, and the last ones that ended. */
export class StartedWork<Started extends Work> {
  readonly #started = new Map<string, Started>();
  readonly #ended: Started[] = [];
  readonly #maxEnded: number;

  constructor(limit = maxEnded) {
    this.#maxEnded = limit;
  }

  /** Adds work, in place of ended work with the same id. */
  add(work: Started): void {
    this.#started.set(work.id, work);
    void work.ended.then(() => {
      this.#ended.push(work);
      const forgotten = this.#ended.splice(0, Math.max(0, this.#ended.length - this.#maxEnded));
      for (const old of forgotten) if (this.#started.get(old.id) === old) this.#started.delete(old.id);
    });
  }

  get(id: string): Started | undefined {
    return this.#started.get(id);
  }

  /** Those that have not ended. */
  underWay(): Started[] {
    return this.all().filter((work) => !this.#ended.includes(work));
  }

  all(): Started[] {
    return [...this.#started.values()];
  }
}
