import { readFileSync } from 'node:fs';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { MetricPoint } from '../records.ts';

export const metricsHeader = 'step,epoch,seconds,name,value\n';

/** Names with these characters need no quotes in a CSV and no escaping as folders of an export. */
const namePattern = /^[\w./@+-]+$/;

/** @throws RangeError for a name with other characters, a step that is not whole, or a time that is not finite */
export function metricLine({ step, epoch, seconds, name, value }: MetricPoint): string {
  if (!namePattern.test(name)) throw new RangeError(`a metric cannot be named ${name}`);
  if (!Number.isSafeInteger(step) || step < 0) throw new RangeError(`${name} cannot have step ${step}`);
  if (!Number.isFinite(epoch) || !Number.isFinite(seconds)) {
    throw new RangeError(`${name} cannot have epoch ${epoch} and seconds ${seconds}`);
  }
  return `${step},${epoch},${seconds},${name},${value}\n`;
}

/** The reverse of {@link metricLine}; undefined for anything else. */
export function parseMetricLine(line: string): MetricPoint | undefined {
  const [step = '', epoch = '', seconds = '', name = '', value = '', ...rest] = line.split(',');
  if (!/^\d+$/.test(step) || epoch === '' || seconds === '' || value === '' || rest.length > 0)
    return undefined;
  const point = {
    step: Number(step),
    epoch: Number(epoch),
    seconds: Number(seconds),
    name,
    value: Number(value),
  };
  const valid =
    Number.isFinite(point.epoch) &&
    Number.isFinite(point.seconds) &&
    namePattern.test(name) &&
    (value === 'NaN' || !Number.isNaN(point.value));
  return valid ? point : undefined;
}

/**
 * The points of a metrics file. Text after the last line break was cut short by a kill and is left out.
 *
 * @throws WorkbenchError `metrics-unreadable` for a line that is not a point
 */
export function readMetrics(path: string): MetricPoint[] {
  const lines = wholeLines(readFileSync(path, 'utf8'));
  return lines.slice(1).map((line, index) => {
    const point = parseMetricLine(line);
    if (point === undefined) {
      throw new WorkbenchError(
        'metrics-unreadable',
        `Line ${index + 2} of ${path} is not a metric: ${line.slice(0, 80)}`,
        'Mend or delete the line, then import the run again.',
      );
    }
    return point;
  });
}

export function wholeLines(text: string): string[] {
  const lines = text.split('\n');
  lines.pop();
  return lines;
}
