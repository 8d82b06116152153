import { stepsPerEpoch } from '../../configuration/stepsPerEpoch.ts';
import { ownResult } from '../../runs/ownEvaluation.ts';
import type { Evaluation, Run, Series } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { ComparedFacts } from '../../tables/comparison/comparisonTable.ts';
import { layerSeriesName } from '../../training/layerSeries.ts';
import { parametricLayers } from '../../vgg/layers.ts';
import { layersOf } from '../../vgg/layersOf.ts';

export interface Measured extends Pick<ComparedFacts, 'quantities'> {
  /** By the run's own protocol, at its own Q. */
  evaluation: Evaluation | null;
  /** The first step at which the gradient of the first layer was no longer a finite number. */
  lostAt: number | null;
}

/** The quantities of a run that the log holds. */
export function measuredOf(log: RunLog, run: Run): Measured {
  const summaries = new Map(log.metrics.summaries(run.id).map((series) => [series.name, series]));
  const latestStep = summaries.get('train/loss')?.latest.step ?? 0;
  const [loss] = log.metrics.read(run.id, {
    names: ['train/loss'],
    fromStep: latestStep - stepsOfEpoch(run) + 1,
  });
  const [rate] = log.metrics.read(run.id, { names: ['imagesPerSecond'] });
  const { steps, values: gradients } = firstLayerGradients(log, run);
  const lost = gradients.findIndex((norm) => !Number.isFinite(norm));
  return {
    quantities: {
      memoryBytes: summaries.get('memory/rssBytes')?.highest?.value,
      imagesPerSecond: mean(rate?.values),
      trainLoss: mean(loss?.values),
      firstGradient: gradients[0],
      lastGradient: gradients.at(-1),
    },
    evaluation: ownResult(run, log.evaluations.of(run.id)),
    lostAt: steps[lost] ?? null,
  };
}

/** Norms of the gradient with respect to the first layer's weights, at the steps with statistics. */
function firstLayerGradients(log: RunLog, { id, config, dataset }: Run): Pick<Series, 'steps' | 'values'> {
  const nothing = { steps: [], values: [] };
  const classes = config.network.classes ?? dataset?.classes;
  if (classes === undefined) return nothing;
  const [layer] = parametricLayers(layersOf({ ...config.network, classes }));
  if (!layer) return nothing;
  const names = [layerSeriesName('gradient/norm', layer.name)];
  return log.metrics.read(id, { names })[0] ?? nothing;
}

function stepsOfEpoch({ dataset, config }: Run): number {
  return dataset === null ? 1 : stepsPerEpoch(dataset.trainImages, config.training.batch);
}

function mean(values: readonly number[] | undefined): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
