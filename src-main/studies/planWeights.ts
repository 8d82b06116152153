import { z } from 'zod';
import { channelOrders } from '../configuration/schema.ts';
import { overlay } from '../configuration/settings.ts';
import { configurations } from '../vocabulary/configurations.ts';
import { trainingOf } from '../vocabulary/runKey.ts';
import { sameScales, trainScaleSchema, shownTrainScale } from '../vocabulary/scales.ts';
import { wholeRowScales, type rowScales } from '../tables/scales.ts';
import { table3, type PaperRow, type TableNumber } from '../vocabulary/paperTables.ts';
import { weightsOfOtherCrop, weightsOfOtherTraining, weightsTwice } from './errors.ts';
import { refuseKeys } from './ownKeys.ts';
import { keyOf, type PlanParts } from './plan.ts';
import type { PlannedRun } from './PlannedRun.ts';
import { presetConfig } from './presetConfig.ts';
import { rowEvaluations } from './rowEvaluations.ts';

const rgb = z.tuple([z.number(), z.number(), z.number()]);

/** A net that was trained elsewhere, as found in its file. */
export const givenWeightsSchema = z.strictObject({
  path: z.string(),
  /** Title of the format: `Caffe`. */
  title: z.string(),
  network: z.strictObject({
    config: z.enum(configurations),
    width: z.number(),
    crop: z.int(),
    classes: z.int(),
  }),
  mean: rgb,
  deviation: rgb,
  /** Null in studies of earlier versions: the format's. */
  channels: z.enum(channelOrders).nullable().default(null),
  /** S in its training, in pixels at the paper's crop of 224. */
  trainScale: trainScaleSchema,
});
export type GivenWeights = z.infer<typeof givenWeightsSchema>;

/** The tables that a study of given weights fills unless others are requested. */
export const tablesOfWeights: readonly TableNumber[] = [3, 4, 5];

/**
 * One run for each given net: it trains for no epoch and is scored for the rows of its net and S.
 *
 * @throws WorkbenchError `weights-without-row`, `weights-twice`, those of the configuration, `override-owned-by-study`
 */
export function planWeights(
  weights: readonly GivenWeights[],
  { preset, dataset, overrides, tables }: PlanParts,
): PlannedRun[] {
  refuseKeys(ownKeys, overrides);
  const [seed = 1] = preset.seeds;
  const plan = weights.map((given): PlannedRun => {
    const { path, network, mean, deviation, channels } = given;
    const training = rowOf(given);
    const { trainScale, testScales } = scalesOf(given, training);
    const settings = overlay(preset.base, {
      network,
      data: { dataset, trainScale, mean, deviation, channels },
      initialisation: { from: path },
      training: { seed, epochs: 0 },
      evaluation: { testScales },
    });
    const config = presetConfig(settings, overrides);
    return {
      key: keyOf(training, seed),
      seed,
      dependsOn: null,
      evaluations: rowEvaluations(training, config, tables),
      divergenceIsResult: false,
      config,
    };
  });
  const twice = plan.find(({ key }, index) => plan.slice(0, index).some((other) => other.key === key));
  if (twice) throw weightsTwice(trainingOf(twice.key));
  return plan;
}

/** The row of Table 3, which has all trainings. Weights trained in another way have no row. */
function rowOf({ path, network, trainScale }: GivenWeights): PaperRow {
  const row = table3.find(
    (each) => each.config === network.config && sameScales(each.trainScale, trainScale),
  );
  if (row) return row;
  throw weightsOfOtherTraining(path, network.config, shownTrainScale(trainScale));
}

/** S and Q of a row at the net's crop, which comes from the file. */
function scalesOf({ path, network: { crop } }: GivenWeights, row: PaperRow): ReturnType<typeof rowScales> {
  const scales = wholeRowScales(row, crop);
  if (!scales) throw weightsOfOtherCrop(path, crop);
  return scales;
}

const settledByFile = 'The weights file settles it.';
const ownKeys = new Map([
  ...['config', 'width', 'crop', 'classes'].map((key) => [`network.${key}`, settledByFile] as const),
  ...['from', 'layers', 'scheme'].map((key) => [`initialisation.${key}`, settledByFile] as const),
  ['training.epochs', 'Nothing is trained; train from these weights with npm run -s vgg -- train --from.'],
  ['data.dataset', 'Give the images with --data.'],
  ['data.trainScale', 'Say with --trained-at what S the weights were trained with.'],
  ['evaluation.testScales', 'Q is that of the rows; score a run at others with npm run -s vgg -- evaluate.'],
]);
