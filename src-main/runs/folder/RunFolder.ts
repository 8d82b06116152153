import { appendFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../configuration/schema.ts';
import { paperRecipe } from '../../configuration/paperRecipe.ts';
import { resolveRunConfig } from '../../configuration/resolve.ts';
import { writeRunConfig } from '../../configuration/write.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { fileError, readSmallFile, writeBeside, writeFileAtomically } from '../../foundation/files.ts';
import { fileMode } from '../../foundation/privateFolders.ts';
import { checkpointName, checkpointPath, type CheckpointKind } from '../../training/checkpointFiles.ts';
import { parseJson } from '../json.ts';
import { lastLines } from './lastLines.ts';
import { environmentSchema, runRecordSchema } from '../records.ts';
import type { RunEnvironment, RunRecord } from '../records.ts';

/** In bytes. The settings of a run take two thousand, its record less. */
const longestText = 1_000_000;

/**
 * The files of one run. The folder is the truth and complete by itself; the database can be rebuilt from it.
 * Everything is written under a temporary name and renamed, except the two logs, which only grow.
 */
export class RunFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether it is the folder of a run whose creation was completed. */
  get isOfRun(): boolean {
    return existsSync(this.record);
  }

  get metrics(): string {
    return join(this.path, 'metrics.csv');
  }

  get evaluations(): string {
    return join(this.path, 'evaluations.csv');
  }

  get checkpoints(): string {
    return join(this.path, 'checkpoints');
  }

  /** The folder of the predictions for each image, one file for each evaluation. */
  get predictions(): string {
    return join(this.path, 'predictions');
  }

  /** The folder of the posteriors of every image and class, one file for each evaluation. */
  get posteriors(): string {
    return join(this.path, 'posteriors');
  }

  get lock(): string {
    return join(this.path, 'lock');
  }

  /** What a trainer that goes on without its workbench writes down. */
  get journal(): string {
    return join(this.path, 'trainer.jsonl');
  }

  /** Its presence asks such a trainer to write a checkpoint and end. */
  get stop(): string {
    return join(this.path, 'stop');
  }

  get #config(): string {
    return join(this.path, 'config.yaml');
  }

  get #environment(): string {
    return join(this.path, 'env.json');
  }

  get #log(): string {
    return join(this.path, 'log.txt');
  }

  /** Its status and annotations. */
  get record(): string {
    return join(this.path, 'status.json');
  }

  /** Path of a checkpoint: weights, momentum and training state in one file, so that one rename replaces them all. */
  checkpoint(kind: CheckpointKind): string {
    return checkpointPath(this.checkpoints, kind);
  }

  /** The checkpoint's path relative to the folder. */
  checkpointName(kind: CheckpointKind): string {
    return `checkpoints/${checkpointName(kind)}`;
  }

  /** Deletes what a killed process had not finished writing. The caller must hold the folder's lock. */
  removeTemporaries(): void {
    for (const folder of [this.path, this.checkpoints, this.predictions, this.posteriors]) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder)) {
        if (name.endsWith('.tmp')) rmSync(join(folder, name), { force: true });
      }
    }
  }

  /** The files that a run has from its beginning. */
  get first(): string[] {
    return [this.#config, this.record];
  }

  /** @param options.isFlushed as {@link writeFileAtomically} has it */
  writeConfig(config: RunConfig, options: { isFlushed?: boolean } = {}): void {
    writeFileAtomically(this.#config, writeRunConfig(config), options);
  }

  /** @throws WorkbenchError `run-folder-incomplete`, or as `resolveRunConfig` does */
  readConfig(): RunConfig {
    return resolveRunConfig({
      beneath: paperRecipe,
      file: { path: this.#config, text: this.#read(this.#config) },
    });
  }

  writeEnvironment(environment: RunEnvironment): void {
    writeFileAtomically(this.#environment, `${JSON.stringify(environment, null, 2)}\n`);
  }

  /** Null if the run never started. @throws WorkbenchError `record-unreadable` */
  readEnvironment(): RunEnvironment | null {
    if (!existsSync(this.#environment)) return null;
    return parseJson(environmentSchema, this.#read(this.#environment), `file ${this.#environment}`);
  }

  writeRecord(record: RunRecord, options: { isFlushed?: boolean } = {}): void {
    writeFileAtomically(this.record, textOf(record), options);
  }

  /** Writes a record beside the present one. It is on the disk once it is flushed. @returns its path */
  stageRecord(record: RunRecord): string {
    return writeBeside(this.record, textOf(record));
  }

  /** @throws WorkbenchError `run-folder-incomplete`, `record-unreadable` */
  readRecord(): RunRecord {
    return parseJson(runRecordSchema, this.#read(this.record), `file ${this.record}`);
  }

  /** The last lines of `log.txt`. */
  logLines(count: number): string[] {
    return lastLines(this.#log, count);
  }

  /** Adds lines to `log.txt`, each with the time. */
  log(text: string): void {
    const path = this.#log;
    const time = new Date().toISOString();
    try {
      appendFileSync(
        path,
        text
          .trimEnd()
          .split('\n')
          .map((line) => `${time} ${line}\n`)
          .join(''),
        { mode: fileMode(path) },
      );
    } catch (error) {
      throw fileError(error, path);
    }
  }

  #read(path: string): string {
    try {
      const bytes = readSmallFile(path, longestText);
      if (bytes) return bytes.toString('utf8');
    } catch (error) {
      throw this.#incomplete(`${path} is missing or cannot be read`, error);
    }
    throw this.#incomplete(`${path} has more than ${longestText} bytes or is no file`);
  }

  #incomplete(fact: string, cause?: unknown): WorkbenchError {
    return new WorkbenchError(
      'run-folder-incomplete',
      `${fact}, so ${this.path} is not the folder of a run.`,
      'Choose a folder that holds config.yaml and status.json.',
      { cause },
    );
  }
}

function textOf(record: RunRecord): string {
  return `${JSON.stringify(runRecordSchema.parse(record), null, 2)}\n`;
}
