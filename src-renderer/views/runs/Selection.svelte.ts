import type { RunSummary } from '../../../src-main/workbench/contract.ts';

/** Which runs of a list are selected, and which one the keys act on. */
export class Selection {
  /** Also of runs that a filter hides: only those still listed count. */
  #chosen = $state.raw<ReadonlySet<string>>(new Set());
  #activeId = $state.raw<string | null>(null);
  #anchor: string | null = null;
  readonly #runs: () => readonly RunSummary[];
  readonly #rowOf: ReadonlyMap<string, number> = $derived.by(
    () => new Map(this.#runs().map(({ id }, row) => [id, row])),
  );
  readonly runs: readonly RunSummary[] = $derived.by(() =>
    this.#chosen.size === 0 ? [] : this.#runs().filter(({ id }) => this.#chosen.has(id)),
  );
  /** The row the keys are at; -1 where there is none. */
  readonly activeRow: number = $derived.by(() => {
    if (this.#activeId === null) return -1;
    return this.#rowOf.get(this.#activeId) ?? -1;
  });
  readonly active: RunSummary | undefined = $derived.by(() => this.#runs()[this.activeRow]);
  /** What an action is about: the selected runs, else the one the keys are at. */
  readonly targets: readonly RunSummary[] = $derived.by(() =>
    this.runs.length > 0 ? this.runs : this.active ? [this.active] : [],
  );

  /** @param runs the list, in the order shown */
  constructor(runs: () => readonly RunSummary[]) {
    this.#runs = runs;
  }

  has(id: string): boolean {
    return this.#chosen.has(id);
  }

  /** Moves to a row, kept within the list; selects what lies between if `extend`. */
  moveTo(row: number, extend = false): void {
    const runs = this.#runs();
    const to = runs[Math.max(0, Math.min(row, runs.length - 1))];
    if (!to) return;
    if (extend) this.#selectRange(this.#anchor ?? this.#activeId ?? to.id, to.id);
    else this.#anchor = to.id;
    this.#activeId = to.id;
  }

  toggle(id: string): void {
    const chosen = new Set(this.#chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.#chosen = chosen;
    this.#activeId = this.#anchor = id;
  }

  /** All of the list, or none if they all are already. */
  toggleAll(): void {
    const all = this.runs.length === this.#runs().length;
    this.#chosen = new Set(all ? [] : this.#runs().map(({ id }) => id));
  }

  /** These and no others. */
  choose(ids: Iterable<string>): void {
    this.#chosen = new Set(ids);
  }

  clear(): void {
    this.#chosen = new Set();
  }

  #selectRange(from: string, to: string): void {
    const rows = [this.#rowOf.get(from) ?? 0, this.#rowOf.get(to) ?? 0].sort((one, other) => one - other);
    const between = this.#runs().slice(rows[0], (rows[1] ?? 0) + 1);
    this.#chosen = new Set([...this.#chosen, ...between.map(({ id }) => id)]);
  }
}
