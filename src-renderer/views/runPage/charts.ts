/** A chart of the run view: its series by their names in the log, each with what a legend calls it. */
export interface ChartPlan {
  title: string;
  unit: string;
  series: readonly { name: string; label: string; factor?: number; exact?: boolean }[];
  /** Whether its range spans powers of ten. */
  logarithmic?: boolean;
}

export const chartPlans: readonly ChartPlan[] = [
  {
    title: 'Loss',
    unit: '',
    series: [
      { name: 'train/loss', label: 'training, each batch' },
      { name: 'val/loss', label: 'validation', exact: true },
    ],
  },
  {
    title: 'Top-1 error',
    unit: '%',
    series: [
      { name: 'train/top1Error', label: 'training, each batch' },
      { name: 'val/top1Error', label: 'validation', exact: true },
    ],
  },
  { title: 'Top-5 error', unit: '%', series: [{ name: 'val/top5Error', label: 'validation', exact: true }] },
  {
    title: 'Learning rate',
    unit: '',
    series: [{ name: 'learningRate', label: 'of the epoch', exact: true }],
    logarithmic: true,
  },
  { title: 'Throughput', unit: 'images/s', series: [{ name: 'imagesPerSecond', label: 'training' }] },
  {
    title: 'Waiting for images',
    unit: '%',
    series: [{ name: 'waitingShare', label: 'share of the time', factor: 100 }],
  },
  {
    title: 'Memory',
    unit: 'MB',
    series: [{ name: 'memory/rssBytes', label: 'resident, of the trainer', factor: 1e-6 }],
  },
  {
    title: 'Processor',
    unit: 'cores',
    series: [{ name: 'processor/cores', label: 'busy, of the trainer' }],
  },
];

export const seriesNames = chartPlans.flatMap(({ series }) => series.map(({ name }) => name));

/** Whether there is more than one value: a logarithmic axis around a single one would have nothing to say. */
export function hasSeveralValues(curves: readonly { points: { y: ArrayLike<number> } }[]): boolean {
  const values = new Set(curves.flatMap(({ points }) => Array.from(points.y)));
  return values.size > 1;
}
