import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError, type ErrorReport, reportError } from '../foundation/errors.ts';
import { identityOf } from '../foundation/files.ts';
import type { RunLog } from '../runs/RunLog.ts';
import { submissionFile } from './places.ts';
import { readSubmission, type SavedSubmission } from './SubmissionFile.ts';

/** One that cannot be read: what of it is on a cluster is not known. */
interface Unreadable {
  id: string;
  error: WorkbenchError;
}

/** The files of all submissions of a data folder. Each is read anew only when it has been written. */
export class SavedSubmissions {
  readonly #log: RunLog;
  readonly #read = new Map<string, { identity: string; found: SavedSubmission | Unreadable }>();

  constructor(log: RunLog) {
    this.#log = log;
  }

  /** Those that can be read and are not over. */
  underWay(): SavedSubmission[] {
    return this.#all().flatMap((found) => ('error' in found || found.over ? [] : [found]));
  }

  unreadable(): { path: string; error: ErrorReport }[] {
    return this.#all().flatMap((found) =>
      'error' in found
        ? [{ path: submissionFile(this.#log.home, found.id), error: reportError(found.error) }]
        : [],
    );
  }

  /**
   * The one under way that holds a run, or is of a study or run.
   *
   * @throws WorkbenchError `submission-unreadable` if that may be one that cannot be read
   */
  holding(id: string): SavedSubmission | undefined {
    const all = this.#all();
    const studies = new Set(this.#log.studies.placesOf(id).map(({ studyId }) => studyId));
    for (const found of all)
      if ('error' in found && (found.id === id || studies.has(found.id))) throw found.error;
    return this.underWay().find((one) => one.id === id || one.runs.some(({ run }) => run === id));
  }

  #all(): (SavedSubmission | Unreadable)[] {
    const folder = join(this.#log.home, 'cluster');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => this.#one(name.slice(0, -'.json'.length)) ?? []);
  }

  #one(id: string): SavedSubmission | Unreadable | undefined {
    const path = submissionFile(this.#log.home, id);
    if (!existsSync(path)) return undefined;
    const identity = identityOf(path);
    const known = this.#read.get(id);
    if (known?.identity === identity) return known.found;
    const found = this.#readOne(id);
    if (found) this.#read.set(id, { identity, found });
    return found;
  }

  #readOne(id: string): SavedSubmission | Unreadable | undefined {
    try {
      return readSubmission(this.#log.home, id);
    } catch (error) {
      if (error instanceof WorkbenchError) return { id, error };
      throw error;
    }
  }
}
