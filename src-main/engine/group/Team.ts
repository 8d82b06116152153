import { alone, sumOf, type Group } from './Group.ts';

/** A group whose processes stop together: after one is asked to, at the same place of the work in each. */
export class Team {
  readonly group: Group;
  /** Asks this process to stop. */
  readonly wish: AbortSignal;
  /** Tells to stop: of a process alone the same; in a group, once all know of it. */
  readonly signal: AbortSignal;
  readonly #agreed = new AbortController();

  constructor(group: Group, wish: AbortSignal) {
    this.group = group;
    this.wish = wish;
    this.signal = group.size === 1 ? wish : this.#agreed.signal;
  }

  /** A process that works by itself. */
  static alone(wish: AbortSignal = new AbortController().signal): Team {
    return new Team(alone, wish);
  }

  get size(): number {
    return this.group.size;
  }

  /** Whether this process writes for all. */
  get leads(): boolean {
    return this.group.rank === 0;
  }

  /** {@link Group.gather}; afterwards all know whether one is asked to stop. */
  gather(values: Float32Array): Float32Array[] {
    if (this.size === 1) return [values];
    const own = new Float32Array(values.length + 1);
    own.set(values);
    own[values.length] = this.wish.aborted ? 1 : 0;
    const all = this.group.gather(own);
    if (all.some((one) => one.at(-1) === 1)) this.#agreed.abort();
    return all.map((one) => one.subarray(0, values.length));
  }

  /** The values of all processes added up, where each has left zeros for those of the others. */
  merge(values: Float32Array): Float32Array {
    return sumOf(this.group, values);
  }

  /** Waits for all processes. @throws the signal's reason in each, if one is asked to stop */
  meet(): void {
    this.gather(new Float32Array());
    this.signal.throwIfAborted();
  }

  /** The leader does the work first, then the others: what it keeps in files is there for them. */
  async leaderFirst<Result>(work: () => Promise<Result>): Promise<Result> {
    if (!this.leads) this.meet();
    const result = await work();
    if (this.leads) this.meet();
    return result;
  }
}
