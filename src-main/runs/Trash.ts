import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { WorkbenchError } from '../foundation/errors.ts';
import { ensureFolder, fileError, writeFileAtomically } from '../foundation/files.ts';
import { parseJson } from './json.ts';
import { idSchema } from './records.ts';

const daysKept = 30;
const millisecondsOfDay = 24 * 3600 * 1000;

/** In the trash's folder, beside the runs. */
const dueName = 'due.json';
const dueSchema = z.record(z.string(), z.array(z.int()));
const daysFound = 3;

/** What a removed run leaves besides its folder: the places it had in studies. */
const removalSchema = z.object({
  name: z.string(),
  removedAt: z.iso.datetime(),
  places: z.array(z.object({ studyId: z.string(), key: z.string(), seed: z.int() })),
});
type Removal = z.infer<typeof removalSchema>;

export interface TrashedRun {
  id: string;
  name: string;
  removedAt: string;
}

/** The folders of removed runs, unchanged. They can be restored for {@link daysKept} days. */
export class Trash {
  readonly #folder: string;
  readonly #runs: string;

  /** @param runs folder that holds the runs and the trash, so that a run moves there by one rename */
  constructor(runs: string) {
    this.#runs = runs;
    this.#folder = join(runs, '.trash');
  }

  /** Newest first. */
  list(): TrashedRun[] {
    return this.ids()
      .map((id) => ({ id, ...this.#removalOf(id) }))
      .map(({ id, name, removedAt }) => ({ id, name, removedAt }))
      .sort((one, other) => other.removedAt.localeCompare(one.removedAt));
  }

  ids(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).filter((name) => idSchema.safeParse(name).success && name !== dueName);
  }

  /** Moves a run's folder away, with a note of what else it was part of. */
  take(id: string, removal: Removal): void {
    const path = join(this.#runs, id);
    try {
      ensureFolder(this.#folder);
      writeFileAtomically(join(path, 'removal.json'), `${JSON.stringify(removal, null, 2)}\n`);
      rmSync(join(this.#folder, id), { recursive: true, force: true });
      renameSync(path, join(this.#folder, id));
    } catch (error) {
      throw fileError(error, path);
    }
  }

  /** Moves the folder back. @throws WorkbenchError `not-in-trash`, `run-exists` */
  giveBack(id: string): Removal {
    const path = join(this.#folder, id);
    if (!existsSync(path)) {
      throw new WorkbenchError(
        'not-in-trash',
        `Run ${id} is not in the trash.`,
        `What is removed is kept for ${daysKept} days; give the whole id.`,
      );
    }
    const target = join(this.#runs, id);
    if (existsSync(target)) {
      throw new WorkbenchError(
        'run-exists',
        `Run ${id} is in the log again: it was imported since it was deleted.`,
        `Keep that one; the other stays in ${path} until its ${daysKept} days are over.`,
      );
    }
    const removal = this.#removalOf(id);
    try {
      renameSync(path, target);
      rmSync(join(target, 'removal.json'), { force: true });
    } catch (error) {
      throw fileError(error, path);
    }
    return removal;
  }

  /** The size of a run's files. */
  async bytesOf(id: string): Promise<number> {
    const files = await readdir(join(this.#folder, id), { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  delete(id: string): void {
    rmSync(join(this.#folder, id), { recursive: true, force: true });
  }

  /**
   * Deletes for good what is older than 30 days and was found to be so on three days, at no opening in between not: a
   * clock that is wrong for a while deletes nothing.
   */
  deleteOld(now = Date.now()): void {
    const foundOn = this.#readDue();
    const today = Math.floor(now / millisecondsOfDay);
    const due: Record<string, number[]> = {};
    for (const { id, removedAt } of this.list()) {
      if (now - Date.parse(removedAt) <= daysKept * millisecondsOfDay) continue;
      const days = [...new Set([...(foundOn[id] ?? []).filter((day) => day <= today), today])];
      if (days.length >= daysFound) this.delete(id);
      else due[id] = days;
    }
    if (!isDeepStrictEqual(due, foundOn)) this.#writeDue(due);
  }

  get #due(): string {
    return join(this.#folder, dueName);
  }

  #writeDue(due: Record<string, number[]>): void {
    try {
      writeFileAtomically(this.#due, JSON.stringify(due));
    } catch {
      // Then it is found again the next time.
    }
  }

  /** The days since 1970 on which runs were found to be older than 30 days. */
  #readDue(): Record<string, number[]> {
    try {
      return dueSchema.parse(JSON.parse(readFileSync(this.#due, 'utf8')));
    } catch {
      return {};
    }
  }

  /** An unreadable note counts as written now, without places. */
  #removalOf(id: string): Removal {
    try {
      const text = readFileSync(join(this.#folder, id, 'removal.json'), 'utf8');
      return parseJson(removalSchema, text, `removal of run ${id}`);
    } catch {
      return { name: '', removedAt: new Date().toISOString(), places: [] };
    }
  }
}
