import { passesOf, type Pass, type RequestedEvaluation } from '../configuration/evaluations.ts';
import type { RunConfig } from '../configuration/schema.ts';
import { describeNetwork } from '../vgg/describe.ts';
import { lastMapSide } from '../vgg/layers.ts';
import { gridSides } from '../vocabulary/protocols.ts';

/** The numbers of images on which the work depends. */
export interface ImageCounts {
  trainImages: number;
  valImages: number;
  classes: number;
}

/** Work in multiply-accumulates. */
export interface Work {
  /** One epoch: its steps, and the validation at its end. */
  epoch: number;
  /** All epochs. */
  training: number;
  /** All evaluations, each pass at a scale counted once. */
  evaluation: number;
}

/** A step computes the scores and the gradients of inputs and weights: three times the work of a forward pass. */
export const passesOfStep = 3;

/**
 * The work of a run, to estimate times and progress. Images count as squares; preparing them is not counted.
 *
 * @param evaluations a pass at a scale that several of them share is counted once
 */
export function workOf(
  { network, training, evaluation }: RunConfig,
  evaluations: readonly RequestedEvaluation[],
  { trainImages, valImages, classes }: ImageCounts,
): Work {
  const { crop } = network;
  const { macs, layers } = describeNetwork({ ...network, classes: network.classes ?? classes });
  const ofFullyConnected = layers.reduce((sum, layer) => sum + (layer.kind === 'fc' ? layer.macs : 0), 0);
  const dense = (scale: number) => {
    const cells = lastMapSide(network.config, scale) - lastMapSide(network.config, crop) + 1;
    return (macs - ofFullyConnected) * (scale / crop) ** 2 + ofFullyConnected * cells ** 2;
  };
  const ofImage = (pass: Pass, scale: number) => {
    if (pass === 'dense') return dense(scale);
    return pass === 'centre-crop' ? macs : gridSides[pass] ** 2 * macs;
  };
  const scalesOf = (pass: Pass) =>
    new Set(
      evaluations
        .filter(({ protocol }) => passesOf(protocol).includes(pass))
        .flatMap(({ testScales }) => testScales),
    );
  const ways = evaluation.horizontalFlip ? 2 : 1;
  const evaluated = [...new Set(evaluations.flatMap(({ protocol }) => passesOf(protocol)))]
    .flatMap((pass) => [...scalesOf(pass)].map((scale) => ofImage(pass, scale)))
    .reduce((sum, macsOfImage) => sum + macsOfImage, 0);
  const epoch = macs * (passesOfStep * trainImages + training.validationsPerEpoch * valImages);
  return { epoch, training: epoch * training.epochs, evaluation: ways * evaluated * valImages };
}
