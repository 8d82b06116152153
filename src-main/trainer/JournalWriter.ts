import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { reportError } from '../foundation/errors.ts';
import { fileError } from '../foundation/files.ts';
import { appendJsonLine } from '../foundation/jsonLines.ts';
import { fileMode } from '../foundation/privateFolders.ts';
import type { JournalLine } from '../runs/folder/journal.ts';
import type { RunFolder } from '../runs/folder/RunFolder.ts';
import { processOf } from '../runs/owner.ts';
import type { TrainingPlace } from '../runs/records.ts';
import type { TrainingEvent } from '../training/events.ts';

const millisecondsBetweenProgress = 5000;
const millisecondsBetweenLooks = 500;

type News = JournalLine extends infer Line ? (Line extends JournalLine ? Omit<Line, 'at'> : never) : never;

/**
 * What a trainer writes into its run's folder so that it can go on without its workbench: the next one reads what came of
 * it there, and asks it to stop by a file.
 */
export class JournalWriter {
  readonly #folder: RunFolder;
  readonly #place: TrainingPlace;
  #isBegun = false;
  #progressAt = -Infinity;

  constructor(folder: RunFolder, place: TrainingPlace) {
    this.#folder = folder;
    this.#place = place;
  }

  /** Begins anew. The caller holds the folder's lock. */
  begin(): void {
    const { journal, stop } = this.#folder;
    try {
      rmSync(stop, { force: true });
      writeFileSync(journal, '', { mode: fileMode(journal) });
    } catch (error) {
      throw fileError(error, journal);
    }
    this.#write({ type: 'trainer', trainer: processOf(process.pid), place: this.#place });
    this.#isBegun = true;
  }

  /** @throws WorkbenchError `disk-full`, `write-failed`: a training whose events cannot be written must not go on */
  write(event: TrainingEvent): void {
    if (event.type === 'metrics') return;
    if (event.type === 'progress') {
      const now = performance.now();
      if (now - this.#progressAt < millisecondsBetweenProgress) return;
      this.#progressAt = now;
    }
    this.#write({ type: 'event', event });
  }

  finished(status: 'finished' | 'interrupted'): void {
    this.#write({ type: 'done', status });
    rmSync(this.#folder.stop, { force: true });
  }

  failed(error: unknown): void {
    try {
      this.#write({ type: 'failed', error: reportError(error) });
    } catch {
      // Without a last word it counts as interrupted.
    }
  }

  /** Aborts when the file that asks for it is there. */
  watchStop(stop: AbortController): void {
    setInterval(() => {
      if (this.#isBegun && existsSync(this.#folder.stop)) stop.abort();
    }, millisecondsBetweenLooks).unref();
  }

  #write(news: News): void {
    appendJsonLine(this.#folder.journal, news);
  }
}
