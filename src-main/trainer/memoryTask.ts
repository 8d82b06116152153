import { engineFacts } from '../engine/tensorflow.ts';
import { watchTensorBytes } from '../engine/tensorPeak.ts';
import type { MemoryJob, MemoryUse } from './protocol.ts';
import { RandomWork } from './RandomWork.ts';
import { residentPeak, restartResidentPeak } from './residentPeak.ts';

/** Two, because the first pass allocates what later ones reuse. */
const passes = 2;

/** Peak memory of a process while a number of images goes through the net at once. One process measures one number. */
export function memoryTask({ config, classes, images, pass }: MemoryJob): MemoryUse {
  using work = new RandomWork(
    { ...config, training: { ...config.training, microBatch: null, processes: 1 } },
    classes,
    images,
  );
  const tensorPeak = watchTensorBytes();
  restartResidentPeak();
  for (let step = 0; step < passes; step++) {
    if (pass === 'training') work.train(step);
    else work.infer();
  }
  const { device } = engineFacts();
  return { peakRssBytes: residentPeak(), peakTensorBytes: tensorPeak(), device };
}
