import { stepsPerEpoch } from '../configuration/stepsPerEpoch.ts';
import { convergenceOf } from '../training/convergence.ts';
import { learningOf, smoothedSteps } from '../training/learning.ts';
import type { Convergence } from '../vocabulary/convergence.ts';
import type { MetricStore } from './MetricStore.ts';
import type { Run, Series } from './records.ts';

/**
 * How the training of a run ended. Its whole series of losses is not read: whether a net learns is decided by the last
 * {@link smoothedSteps}, and a loss that is no number ends a training.
 *
 * @returns null while it trains or waits, if it trained for no epoch, or if its curves are too short to say
 */
export function convergenceOfRun(metrics: MetricStore, run: Run): Convergence | null {
  const { id, status, config, dataset } = run;
  const classes = config.network.classes ?? dataset?.classes;
  if ((status !== 'finished' && status !== 'failed') || classes === undefined) return null;
  const summaries = metrics.summaries(id);
  const latestOf = (name: string) => summaries.find((series) => series.name === name)?.latest;
  const latest = latestOf('train/loss')?.step;
  if (latest === undefined) return null;
  const inEpoch = stepsPerEpoch(dataset?.trainImages ?? 1, config.training.batch);
  // Several validations of one epoch have its number, and the steps tell them apart.
  const curveOf = ({ steps, values }: Pick<Series, 'steps' | 'values'>) => ({
    epochs: steps.map((step) => step / inEpoch),
    values,
  });
  const fromStep = latest - smoothedSteps + 1;
  const tail = seriesOf(metrics.read(id, { names: ['train/loss', 'train/top1Error'], fromStep }));
  const whole = seriesOf(metrics.read(id, { names: ['val/top1Error', 'val/loss'] }));
  return convergenceOf({
    learning:
      run.error?.code === 'training-diverged'
        ? 'diverged'
        : (learningOf(tail('train/loss'), classes)?.kind ?? null),
    trainErrors: tail('train/top1Error').values,
    error: curveOf(whole('val/top1Error')),
    loss: curveOf(whole('val/loss')),
    firstRate: config.training.learningRate,
    lastRate: latestOf('learningRate')?.value,
    scheduled: config.training.schedule !== 'plateau',
    valImages: dataset?.valImages ?? null,
  });
}

const empty: Pick<Series, 'steps' | 'epochs' | 'values'> = { steps: [], epochs: [], values: [] };

function seriesOf(read: readonly Series[]) {
  return (name: string) => read.find((series) => series.name === name) ?? empty;
}
