import { stepsPerEpoch } from '../../configuration/stepsPerEpoch.ts';
import { ownResult } from '../../runs/ownEvaluation.ts';
import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import type { ComparedFacts } from '../../tables/comparison/comparisonTable.ts';
import { learningOf } from '../../training/learning.ts';
import { layersOf, parametricLayers } from '../../vgg/layers.ts';

export type Measured = Pick<ComparedFacts, 'quantities' | 'outcome' | 'evaluation'>;

/** What the log has of a run. */
export function measuredOf(log: RunLog, run: Run): Measured {
  const loss = log.metrics.read(run.id, { names: ['train/loss'] })[0];
  const classes = run.config.network.classes ?? run.dataset?.classes;
  const known = loss !== undefined && classes !== undefined;
  const { first: firstGradient, last: lastGradient } = known ? firstLayerGradient(log, run, classes) : {};
  const summaries = new Map(log.metrics.summaries(run.id).map((series) => [series.name, series]));
  return {
    quantities: {
      memoryBytes: summaries.get('memory/rssBytes')?.highest?.value,
      imagesPerSecond: mean(log.metrics.read(run.id, { names: ['imagesPerSecond'] })[0]?.values),
      trainLoss: mean(loss?.values.slice(-stepsOfEpoch(run))),
      firstGradient,
      lastGradient,
    },
    outcome: known ? learningOf(loss, classes) : null,
    evaluation: ownResult(run, log.evaluations.of(run.id)),
  };
}

/** Norms of the gradient by the first layer's weights, at the first step with statistics and at the last. */
function firstLayerGradient(log: RunLog, run: Run, classes: number): { first?: number; last?: number } {
  const [layer] = parametricLayers(layersOf({ ...run.config.network, classes }));
  if (!layer) return {};
  const values = log.metrics.read(run.id, { names: [`gradient/${layer.name}/norm`] })[0]?.values ?? [];
  const [first, last] = [values[0], values.at(-1)];
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

function stepsOfEpoch({ dataset, config }: Run): number {
  return dataset === null ? 1 : stepsPerEpoch(dataset.trainImages, config.training.batch);
}

function mean(values: readonly number[] | undefined): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
