import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { MetricPoint } from '../records.ts';

export const metricsHeader = 'step,epoch,seconds,name,value\n';

/** Names with these characters need no quotes in a CSV and no escaping as folders of an export. */
const namePattern = /^[\w./@+-]+$/;

/** How much of a file is read at once: some four thousand lines. */
const bytesOfPart = 256 * 1024;
const lineBreak = 10;
/** No line of the workbench is longer. */
const bytesOfLine = 4096;

/** @throws RangeError for a name with other characters, a step that is not whole, or a time that is not finite */
export function metricLine({ step, epoch, seconds, name, value }: MetricPoint): string {
  if (!namePattern.test(name)) throw new RangeError(`a metric cannot be named ${name}`);
  if (!Number.isSafeInteger(step) || step < 0) throw new RangeError(`${name} cannot have step ${step}`);
  if (!Number.isFinite(epoch) || !Number.isFinite(seconds)) {
    throw new RangeError(`${name} cannot have epoch ${epoch} and seconds ${seconds}`);
  }
  return `${step},${epoch},${seconds},${name},${value}\n`;
}

/** The reverse of {@link metricLine}; undefined for anything else. Of a week's training there are ten million. */
export function parseMetricLine(line: string): MetricPoint | undefined {
  const [one = -1, two = -1, three = -1, four = -1, five] = commasIn(line);
  if (one < 1 || four < 0 || five !== undefined) return undefined;
  const [epochText, secondsText] = [line.slice(one + 1, two), line.slice(two + 1, three)];
  const [name, valueText] = [line.slice(three + 1, four), line.slice(four + 1)];
  if (epochText === '' || secondsText === '' || valueText === '') return undefined;
  const step = wholeNumber(line, one);
  const [epoch, seconds, value] = [Number(epochText), Number(secondsText), Number(valueText)];
  if (!Number.isSafeInteger(step) || !Number.isFinite(epoch) || !Number.isFinite(seconds)) return undefined;
  if (Number.isNaN(value) && valueText !== 'NaN') return undefined;
  return isName(name) ? { step, epoch, seconds, name, value } : undefined;
}

function commasIn(line: string): number[] {
  const places: number[] = [];
  for (let place = line.indexOf(','); place >= 0; place = line.indexOf(',', place + 1)) places.push(place);
  return places;
}

/** The digits before a position as a number; NaN if there is another character. */
function wholeNumber(line: string, end: number): number {
  let number = 0;
  for (let place = 0; place < end; place++) {
    const digit = line.charCodeAt(place) - 48;
    if (digit < 0 || digit > 9) return NaN;
    number = 10 * number + digit;
  }
  return number;
}

/** A run has few names, and millions of points. */
const known = new Set<string>();

function isName(name: string): boolean {
  if (known.has(name)) return true;
  if (!namePattern.test(name)) return false;
  if (known.size < 10_000) known.add(name);
  return true;
}

/** Lines of a metrics file that stand one after the other. */
export interface MetricsPart {
  lines: string[];
  /** Their points; the header and lines that are none have undefined. */
  points: (MetricPoint | undefined)[];
  /** The positions of their first byte and of the one after the last. */
  begin: number;
  end: number;
}

/**
 * Reads a metrics file in parts, since that of a week has no place in memory. Text after the last line break was cut
 * short by a kill and is left out.
 *
 * @param from the position at which a line begins
 * @throws Error as the file system gives it
 */
export function* metricsParts(path: string, from = 0): Generator<MetricsPart, void, undefined> {
  const file = openSync(path, 'r');
  try {
    const left = fstatSync(file).size - from;
    if (left <= 0) return;
    const bytes = Buffer.allocUnsafe(Math.min(bytesOfPart, left));
    for (let begin = from; ;) {
      const read = readSync(file, bytes, 0, bytes.length, begin);
      const length = bytes.subarray(0, read).lastIndexOf(lineBreak) + 1;
      // A whole part without a line break is no metric: it is given as one line, for the reader to refuse.
      const taken = length === 0 && read === bytesOfPart ? read : length;
      if (taken === 0) return;
      const lines = bytes.toString('utf8', 0, Math.max(taken - 1, 0)).split('\n');
      yield { lines, points: lines.map(parseMetricLine), begin, end: begin + taken };
      begin += taken;
    }
  } finally {
    closeSync(file);
  }
}

/** The line that ends right before a position of an open file; undefined if none does. */
export function lineBefore(file: number, position: number): string | undefined {
  const start = Math.max(0, position - bytesOfLine);
  const bytes = Buffer.alloc(position - start);
  const read = readSync(file, bytes, 0, bytes.length, start);
  if (read < bytes.length || bytes.at(-1) !== lineBreak) return undefined;
  return bytes
    .toString('utf8', 0, bytes.length - 1)
    .split('\n')
    .at(-1);
}

/**
 * The points of a part.
 *
 * @throws WorkbenchError `metrics-unreadable` for a line that is not a point; the first line of the file is the header
 */
export function pointsOf(path: string, { lines, points, begin }: MetricsPart): MetricPoint[] {
  const found: MetricPoint[] = [];
  for (const [index, point] of points.entries()) {
    if (point !== undefined) found.push(point);
    else if (begin > 0 || index > 0) throw noMetric(path, begin, index, lines[index] ?? '');
  }
  return found;
}

function noMetric(path: string, begin: number, index: number, line: string): WorkbenchError {
  let before = 0;
  for (const part of metricsParts(path)) {
    if (part.begin >= begin) break;
    before += part.lines.length;
  }
  return new WorkbenchError(
    'metrics-unreadable',
    `Line ${before + index + 1} of ${path} is not a metric: ${line.slice(0, 80)}`,
    'Mend or delete the line, then try again.',
  );
}
