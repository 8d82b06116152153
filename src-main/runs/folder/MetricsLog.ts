import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import { fileError, writeFileAtomically } from '../../foundation/files.ts';
import { fileMode } from '../../foundation/privateFolders.ts';
import type { MetricPoint } from '../records.ts';
import { metricLine, metricsHeader, parseMetricLine, wholeLines } from './metricsFile.ts';

const bufferBytes = 64 * 1024;

/**
 * The metrics of a run as a CSV file that only grows. Before a checkpoint is renamed into place, `flush` writes every
 * earlier point to the disk; on resuming, `truncateAfter` drops the later ones.
 */
export class MetricsLog {
  readonly #path: string;
  #file: number;
  #buffer = '';

  /** Opens or creates the file. An unfinished last line is dropped: a killed process left it. */
  constructor(path: string) {
    this.#path = path;
    this.#file = this.#open();
  }

  /** @throws RangeError for a malformed point; WorkbenchError `disk-full` */
  append(points: Iterable<MetricPoint>): void {
    for (const point of points) this.#buffer += metricLine(point);
    if (this.#buffer.length >= bufferBytes) this.#write();
  }

  /** When it returns, every point is on the disk. */
  flush(): void {
    this.#write();
    try {
      fsyncSync(this.#file);
    } catch (error) {
      throw fileError(error, this.#path);
    }
  }

  /**
   * Drops every point after a step, and lines that are not points.
   *
   * @param isComputedAgain which series of the step itself will be computed again: their points of it go too
   */
  truncateAfter(step: number, isComputedAgain: (name: string) => boolean = () => false): void {
    this.#write();
    const lines = wholeLines(readFileSync(this.#path, 'utf8'));
    const kept = lines.filter((line) => {
      const point = parseMetricLine(line);
      if (point === undefined || point.step > step) return false;
      return point.step < step || !isComputedAgain(point.name);
    });
    writeFileAtomically(this.#path, metricsHeader + kept.map((line) => `${line}\n`).join(''));
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
    const bytes = Buffer.from(this.#buffer, 'utf8');
    const start = fstatSync(this.#file).size;
    try {
      for (let offset = 0; offset < bytes.length;) offset += writeSync(this.#file, bytes, offset);
    } catch (error) {
      // A full disk may have stored only half of it: the buffer keeps all, to write when there is space again.
      ftruncateSync(this.#file, start);
      throw fileError(error, this.#path);
    }
    this.#buffer = '';
  }
}

/** The position after the last line break; 0 if there is none. */
function endOfLastLine(file: number): number {
  const chunk = Buffer.alloc(bufferBytes);
  for (let end = fstatSync(file).size; end > 0;) {
    const start = Math.max(0, end - chunk.length);
    const bytes = readSync(file, chunk, 0, end - start, start);
    const position = chunk.subarray(0, bytes).lastIndexOf('\n');
    if (position >= 0) return start + position + 1;
    end = start;
  }
  return 0;
}
