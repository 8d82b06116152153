import { metricsParts, pointsOf } from '../../src-main/runs/folder/metricsFile.ts';
import type { MetricPoint } from '../../src-main/runs/records.ts';

/** All points of a small metrics file. */
export function readMetrics(path: string): MetricPoint[] {
  return [...metricsParts(path)].flatMap((part) => pointsOf(path, part));
}
