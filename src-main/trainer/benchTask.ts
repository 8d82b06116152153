import { engineFacts } from '../engine/tensorflow.ts';
import type { BenchJob, BenchResult } from './protocol.ts';
import { RandomWork } from './RandomWork.ts';

/** Steps before the measurement: the first allocates everything and compiles oneDNN's kernels. */
const warmUpSteps = 1;

/**
 * Throughput of the step that trains a run, and of inference on single crops, on random images. The fastest step
 * counts: on a shared machine it says most about the code.
 */
export function benchTask({ config, classes, steps }: BenchJob): BenchResult {
  const { batch } = config.training;
  using work = new RandomWork(config, classes, batch);
  const trainImagesPerSecond = throughput(steps, batch, (step) => {
    work.train(step);
  });
  const inferenceImagesPerSecond = throughput(steps, batch, () => {
    work.infer();
  });
  const { device } = engineFacts();
  // In kilobytes on every platform, converted by Node.
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
