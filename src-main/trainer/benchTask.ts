import { imagesFromPixels } from '../engine/ops/pointwise.ts';
import { engineFacts } from '../engine/tensorflow.ts';
import { Draws } from '../foundation/random.ts';
import { GradientSum } from '../training/GradientSum.ts';
import { MomentumSgd } from '../training/MomentumSgd.ts';
import { gradientStep } from '../training/step.ts';
import { randomInitialiser } from '../vgg/initialise.ts';
import { Network } from '../vgg/Network.ts';
import { Parameters } from '../vgg/Parameters.ts';
import type { BenchJob, BenchResult } from './protocol.ts';

/** Steps before the clock counts: the first allocates everything and compiles oneDNN's kernels. */
const warmUpSteps = 1;

/**
 * Throughput of the very step that trains a run, and of inference on single crops, on random images. Best of the steps: on
 * a machine that others use too, the fastest says the most about the code.
 */
export function benchTask({ config, classes, steps }: BenchJob): BenchResult {
  const { network: net, training, initialisation } = config;
  const { crop } = net;
  const { batch, seed } = training;
  const architecture = { config: net.config, width: net.width, crop, classes };
  const parameters = new Parameters(architecture, randomInitialiser(initialisation, seed));
  const optimiser = new MomentumSgd(parameters.variables(), training);
  const network = new Network(parameters);
  const sums = new GradientSum();
  const draws = new Draws(seed, 'crop');
  const pixels = Uint8Array.from({ length: batch * crop * crop * 3 }, () => draws.integer(0, 255));
  const labels = Int32Array.from({ length: batch }, () => draws.integer(0, classes - 1));
  const offsets = new Float32Array(batch * 3).fill(-128);

  const trainImagesPerSecond = throughput(steps, batch, (step) => {
    gradientStep(
      network,
      { pixels, offsets, labels },
      {
        crop,
        microBatch: training.microBatch ?? batch,
        dropout: net.dropout,
        deviation: [1, 1, 1],
        seed,
        step,
      },
      sums,
      (parameter, gradient) => {
        optimiser.apply(parameter, gradient, training.learningRate);
      },
    );
  });
  const inferenceImagesPerSecond = throughput(steps, batch, () => {
    const images = imagesFromPixels(pixels, [batch, crop, crop], offsets, [1, 1, 1]);
    const scores = network.scoreMap(images);
    scores.dataSync();
    scores.dispose();
    images.dispose();
  });
  const { device } = engineFacts();
  // In kilobytes on every platform: Node converts.
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  return { trainImagesPerSecond, inferenceImagesPerSecond, peakRssBytes, device };
}

function throughput(steps: number, images: number, run: (step: number) => void): number {
  let best = Infinity;
  for (let step = 0; step < warmUpSteps + steps; step++) {
    const began = performance.now();
    run(step);
    if (step >= warmUpSteps) best = Math.min(best, performance.now() - began);
  }
  return (1000 * images) / best;
}
