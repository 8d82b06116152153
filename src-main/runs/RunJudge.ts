import type { Convergence } from '../vocabulary/convergence.ts';
import { convergenceOfRun } from './convergenceOfRun.ts';
import type { MetricStore } from './MetricStore.ts';
import type { RunDatabase } from './RunDatabase.ts';
import type { RunStore } from './RunStore.ts';

/** Keeps how the training of each run that has ended came out, for lists. A change of the status forgets it. */
export class RunJudge {
  readonly #stores: { runs: RunStore; metrics: MetricStore };
  readonly #statements;

  constructor(database: RunDatabase, stores: { runs: RunStore; metrics: MetricStore }) {
    this.#stores = stores;
    this.#statements = statements(database);
  }

  /** Judges a run if it has ended and nobody has done so; its curves must be here. */
  judge(id: string): void {
    if (this.#statements.unjudged.get({ id }) === undefined) return;
    const { runs, metrics } = this.#stores;
    const convergence: Convergence | null = convergenceOfRun(metrics, runs.get(id));
    this.#statements.put.run({ id, convergence: JSON.stringify(convergence) });
  }
}

function statements(database: RunDatabase) {
  return {
    put: database.statement('judge.put', 'UPDATE runs SET convergence = @convergence WHERE id = @id'),
    unjudged: database.statement<{ id: string }>(
      'judge.unjudged',
      `SELECT id FROM runs WHERE id = @id AND convergence IS NULL AND status IN ('finished', 'failed')`,
    ),
  };
}
