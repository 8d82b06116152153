import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { fileError, writeFileAtomically } from '../../foundation/files.ts';
import { fileMode } from '../../foundation/privateFolders.ts';
import type { MetricPoint } from '../records.ts';
import { lineBefore, metricLine, metricsHeader, metricsParts, parseMetricLine } from './metricsFile.ts';

const bytesAtOnce = 64 * 1024;

/**
 * The metrics of a run as a CSV file that only grows. What is appended is with the operating system at once, so that a
 * killed process loses nothing that was shown. Before a checkpoint is renamed into place, `flush` writes every earlier
 * point to the disk; on resuming, `truncateTo` drops the later ones.
 */
export class MetricsLog {
  readonly #path: string;
  #file: number;
  /** What is still to be written, because it failed. */
  #pending = '';

  /** Opens or creates the file. An unfinished last line is dropped: a killed process left it. */
  constructor(path: string) {
    this.#path = path;
    this.#file = this.#open();
  }

  /** The length of the file. */
  get bytes(): number {
    return fstatSync(this.#file).size;
  }

  /** @throws RangeError for a malformed point; WorkbenchError `disk-full` */
  append(points: Iterable<MetricPoint>): void {
    for (const point of points) this.#pending += metricLine(point);
    this.#write();
  }

  /** When it returns, every point is on the disk. @returns the length of the file */
  flush(): number {
    this.#write();
    try {
      fsyncSync(this.#file);
      return this.bytes;
    } catch (error) {
      throw fileError(error, this.#path);
    }
  }

  /** Drops every point. */
  clear(): void {
    this.#write();
    ftruncateSync(this.#file, 0);
    writeSync(this.#file, metricsHeader);
  }

  /**
   * Drops everything after a position, however long the file is.
   *
   * @param step of the last point before the position, or a later one
   * @returns false, with the file as it was, if no line ends there or a later step comes before: someone changed the file
   */
  truncateTo(position: number, step: number): boolean {
    this.#write();
    if (position > this.bytes) return false;
    if (position !== metricsHeader.length) {
      const last = lineBefore(this.#file, position);
      const point = last === undefined ? undefined : parseMetricLine(last);
      if (point === undefined || point.step > step) return false;
    }
    ftruncateSync(this.#file, position);
    return true;
  }

  /**
   * Drops every point after a step, and lines that are not points. It reads and writes the whole file, in parts.
   *
   * @param isComputedAgain which series of the step itself will be computed again: their points of it go too
   */
  truncateAfter(step: number, isComputedAgain: (name: string) => boolean = () => false): void {
    this.#write();
    const stays = (point: MetricPoint | undefined) =>
      point !== undefined && (point.step < step || (point.step === step && !isComputedAgain(point.name)));
    writeFileAtomically(this.#path, (write) => {
      write(Buffer.from(metricsHeader));
      for (const { lines, points } of metricsParts(this.#path)) {
        const kept = lines.filter((_, index) => stays(points[index]));
        write(Buffer.from(kept.map((line) => `${line}\n`).join('')));
      }
    });
    const replaced = this.#file;
    this.#file = this.#open();
    closeSync(replaced);
  }

  close(): void {
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #open(): number {
    try {
      const file = openSync(this.#path, 'a+', fileMode(this.#path));
      const end = endOfLastLine(file);
      ftruncateSync(file, end);
      if (end === 0) writeSync(file, metricsHeader);
      return file;
    } catch (error) {
      throw fileError(error, this.#path);
    }
  }

  #write(): void {
    if (this.#pending === '') return;
    const bytes = Buffer.from(this.#pending, 'utf8');
    const start = this.bytes;
    try {
      for (let offset = 0; offset < bytes.length;) offset += writeSync(this.#file, bytes, offset);
    } catch (error) {
      // A full disk may have stored only half of it: all of it is written when there is space again.
      ftruncateSync(this.#file, start);
      throw fileError(error, this.#path);
    }
    this.#pending = '';
  }
}

/** The position after the last line break; 0 if there is none. */
function endOfLastLine(file: number): number {
  const chunk = Buffer.alloc(bytesAtOnce);
  for (let end = fstatSync(file).size; end > 0;) {
    const start = Math.max(0, end - chunk.length);
    const bytes = readSync(file, chunk, 0, end - start, start);
    const position = chunk.subarray(0, bytes).lastIndexOf('\n');
    if (position >= 0) return start + position + 1;
    end = start;
  }
  return 0;
}
