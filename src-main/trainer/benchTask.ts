import { engineFacts } from '../engine/tensorflow.ts';
import type { BenchJob, BenchResult } from './protocol.ts';
import { RandomWork } from './RandomWork.ts';

/** Steps before the measurement: the first allocates everything and compiles oneDNN's kernels. */
const warmUpSteps = 1;

/**
 * Throughput of the step that trains a run, and of inference on single crops, on random images. The fastest step
 * counts: on a shared machine it says most about the code.
 */
export function benchTask({ config, classes, steps, leastSeconds }: BenchJob): BenchResult {
  const { batch } = config.training;
  using work = new RandomWork(config, classes, batch);
  const least = { steps, seconds: leastSeconds };
  const began = { at: performance.now(), processor: process.cpuUsage() };
  const trainImagesPerSecond = throughput(least, batch, (step) => {
    work.train(step);
  });
  const { user, system } = process.cpuUsage(began.processor);
  const coresBusy = (user + system) / 1000 / (performance.now() - began.at);
  const inferenceImagesPerSecond = throughput(least, batch, () => {
    work.infer();
  });
  const { device } = engineFacts();
  // In kilobytes on every platform, converted by Node.
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  return { trainImagesPerSecond, inferenceImagesPerSecond, coresBusy, peakRssBytes, device };
}

function throughput(
  least: { steps: number; seconds: number },
  images: number,
  run: (step: number) => void,
): number {
  let best = Infinity;
  const start = performance.now();
  const isEnough = (step: number) =>
    step >= warmUpSteps + least.steps && performance.now() - start >= 1000 * least.seconds;
  for (let step = 0; !isEnough(step); step++) {
    const began = performance.now();
    run(step);
    if (step >= warmUpSteps) best = Math.min(best, performance.now() - began);
  }
  return (1000 * images) / best;
}
