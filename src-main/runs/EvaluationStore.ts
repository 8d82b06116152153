import { parseJson } from './json.ts';
import { testScalesSchema, trainScaleSchema } from '../vocabulary/scales.ts';
import type { CheckpointKind } from '../training/checkpointFiles.ts';
import type { Checkpoint, Evaluation } from './records.ts';
import type { RunDatabase } from './RunDatabase.ts';

interface EvaluationRow extends Omit<Evaluation, 'trainScale' | 'testScales' | 'horizontalFlip'> {
  runId: string;
  trainScale: string;
  testScales: string;
  horizontalFlip: number;
}

/** The rows of evaluations and checkpoints: what was scored and what can be scored. */
export class EvaluationStore {
  readonly #statements;

  constructor(database: RunDatabase) {
    this.#statements = statements(database);
  }

  /** A result for the same weights, protocol and images replaces the earlier one; any other is added. */
  put(runId: string, evaluation: Evaluation): void {
    this.#statements.put.run({
      ...evaluation,
      runId,
      trainScale: JSON.stringify(evaluation.trainScale),
      testScales: JSON.stringify(evaluation.testScales),
      horizontalFlip: Number(evaluation.horizontalFlip),
    });
  }

  /** The evaluations of a run, oldest first. */
  of(runId: string): Evaluation[] {
    return this.#statements.of.all({ runId }).map((row) => evaluationOf(row));
  }

  removeAll(runId: string): void {
    this.#statements.removeAll.run({ runId });
  }

  /** The newest checkpoint of its kind. */
  putCheckpoint(runId: string, checkpoint: Checkpoint): void {
    this.#statements.putCheckpoint.run({ runId, ...checkpoint });
  }

  /** The best and the last, then the kept epochs in their order. */
  checkpointsOf(runId: string): Checkpoint[] {
    return this.#statements.checkpointsOf.all({ runId });
  }

  /** Deletes the rows of weights kept after the step from which a run resumes. */
  removeEpochsAfter(runId: string, step: number): void {
    this.#statements.removeEpochsAfter.run({ runId, step });
  }

  removeCheckpoint(runId: string, kind: CheckpointKind): void {
    this.#statements.removeCheckpoint.run({ runId, kind });
  }
}

function statements(database: RunDatabase) {
  return {
    put: database.statement(
      'evaluations.put',
      `INSERT OR REPLACE INTO evaluations (run_id, protocol, train_scale, test_scales, average, horizontal_flip,
         checkpoint, step, dataset, dataset_fingerprint, split, images, top1_error, top5_error, seconds, created_at)
       VALUES (@runId, @protocol, @trainScale, @testScales, @average, @horizontalFlip,
         @checkpoint, @step, @dataset, @datasetFingerprint, @split, @images, @top1Error, @top5Error, @seconds, @createdAt)`,
    ),
    of: database.statement<EvaluationRow>(
      'evaluations.of',
      `SELECT run_id AS runId, protocol, train_scale AS trainScale, test_scales AS testScales, average,
         horizontal_flip AS horizontalFlip, checkpoint, step, dataset, dataset_fingerprint AS datasetFingerprint,
         split, images, top1_error AS top1Error, top5_error AS top5Error, seconds, created_at AS createdAt
       FROM evaluations WHERE run_id = @runId ORDER BY created_at, test_scales`,
    ),
    removeAll: database.statement('evaluations.removeAll', 'DELETE FROM evaluations WHERE run_id = @runId'),
    putCheckpoint: database.statement(
      'checkpoints.put',
      `INSERT OR REPLACE INTO checkpoints (run_id, kind, step, epoch, path, bytes, created_at)
       VALUES (@runId, @kind, @step, @epoch, @path, @bytes, @createdAt)`,
    ),
    checkpointsOf: database.statement<Checkpoint>(
      'checkpoints.of',
      `SELECT kind, step, epoch, path, bytes, created_at AS createdAt FROM checkpoints WHERE run_id = @runId
       ORDER BY kind LIKE 'epoch-%', length(kind), kind`,
    ),
    removeEpochsAfter: database.statement(
      'checkpoints.removeEpochsAfter',
      `DELETE FROM checkpoints WHERE run_id = @runId AND kind LIKE 'epoch-%' AND step > @step`,
    ),
    removeCheckpoint: database.statement(
      'checkpoints.remove',
      'DELETE FROM checkpoints WHERE run_id = @runId AND kind = @kind',
    ),
  };
}

function evaluationOf({ runId, ...row }: EvaluationRow): Evaluation {
  const what = `evaluation of run ${runId}`;
  return {
    ...row,
    trainScale: parseJson(trainScaleSchema, row.trainScale, what),
    testScales: parseJson(testScalesSchema, row.testScales, what),
    horizontalFlip: row.horizontalFlip !== 0,
  };
}
