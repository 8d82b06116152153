import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { GivenWeights } from '../../studies/planWeights.ts';
import type { Preset } from '../../studies/preset.ts';
import { inspectWeights } from '../../vgg/weights/inspect.ts';
import { requireNet } from './configSources.ts';
import type { TrainScale } from '../../vocabulary/scales.ts';

/** A weights file for a study, and the S that its net was trained with, if its format does not say. */
export interface WeightsRequest {
  path: string;
  /** In pixels at the paper's crop. */
  trainedAt?: TrainScale | undefined;
}

/**
 * What a study has to know about its weights files; undefined for a preset that trains.
 *
 * @throws WorkbenchError `weights-needed`, `weights-not-for-preset`, `weights-of-no-net`, `mean-unknown`,
 *   `trained-scale-unknown`, and those of opening the files
 */
export async function givenWeights(
  name: string,
  { evaluates }: Preset,
  requested: readonly WeightsRequest[] | undefined,
): Promise<GivenWeights[] | undefined> {
  if (evaluates && requested === undefined) {
    throw new WorkbenchError(
      'weights-needed',
      `The preset ${name} trains nothing.`,
      'Give the nets that it scores with --weights FILE, once for each.',
    );
  }
  if (!evaluates && requested !== undefined) {
    throw new WorkbenchError(
      'weights-not-for-preset',
      `The preset ${name} trains its nets and takes no weights.`,
      'Give weights to the preset paper-evaluation, or train from them with npm run -s vgg -- train --from.',
    );
  }
  return requested && (await Promise.all(requested.map(givenWeightsIn)));
}

async function givenWeightsIn({ path, trainedAt }: WeightsRequest): Promise<GivenWeights> {
  const whole = resolve(path);
  if (!existsSync(whole)) {
    throw new WorkbenchError('weights-not-found', `There is no file ${whole}.`, 'Check its path.');
  }
  const weights = await inspectWeights(whole);
  requireNet(weights);
  const { format, architecture, preprocessing } = weights;
  if (!preprocessing) {
    throw new WorkbenchError(
      'mean-unknown',
      `${whole} does not say what its net has subtracted from each pixel.`,
      'Score it by itself with npm run -s vgg -- evaluate --weights FILE --mean R,G,B.',
    );
  }
  const trainScale = trainedAt ?? format.trainScale;
  if (trainScale === null) {
    throw new WorkbenchError(
      'trained-scale-unknown',
      `Files of ${format.title} do not say with what S ${whole} was trained, on which its row of the tables depends.`,
      'Give it with --trained-at, for example 256 or 256-512.',
    );
  }
  const { mean, deviation } = preprocessing;
  return {
    path: whole,
    title: format.title,
    network: architecture,
    mean: [...mean],
    deviation: [...deviation],
    channels: format.channels,
    trainScale,
  };
}
