import { convergenceSchema, type Convergence } from '../vocabulary/convergence.ts';
import { convergenceOfRun } from './convergenceOfRun.ts';
import { parseJson } from './json.ts';
import type { MetricStore } from './MetricStore.ts';
import type { Run } from './records.ts';
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

  /** Keeps the verdict on a run that has ended, if nobody has yet; its curves must be here. */
  keep(id: string): void {
    if (this.#statements.unjudged.get({ id }) === undefined) return;
    const { runs, metrics } = this.#stores;
    const convergence: Convergence | null = convergenceOfRun(metrics, runs.get(id));
    this.#statements.put.run({ id, convergence: JSON.stringify(convergence) });
  }

  /** The verdict that is kept, or one made now: of a run that trains, or where nothing can be written. */
  of(run: Run): Convergence | null {
    const kept = this.#statements.kept.get({ id: run.id })?.convergence ?? null;
    if (kept === null) return convergenceOfRun(this.#stores.metrics, run);
    return parseJson(convergenceSchema.nullable(), kept, `convergence of run ${run.id}`);
  }
}

function statements(database: RunDatabase) {
  return {
    kept: database.statement<{ convergence: string | null }>(
      'judge.kept',
      'SELECT convergence FROM runs WHERE id = @id',
    ),
    put: database.statement('judge.put', 'UPDATE runs SET convergence = @convergence WHERE id = @id'),
    unjudged: database.statement<{ id: string }>(
      'judge.unjudged',
      `SELECT id FROM runs WHERE id = @id AND convergence IS NULL AND status IN ('finished', 'failed')`,
    ),
  };
}
