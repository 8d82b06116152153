import type { PlannedRun } from '../../src-main/studies/PlannedRun.ts';
import { planStudy } from '../../src-main/studies/plan.ts';
import { loadPreset, type Preset } from '../../src-main/studies/preset.ts';

/** Preset `quick` at crop 56 and by dense evaluation, so that tests do not depend on what is best for its nets. */
export const quickPreset: Preset = {
  ...loadPreset('quick'),
  base: {
    network: { crop: 56, width: 0.125 },
    data: { dataset: 'fashion-mnist' },
    training: { batch: 32, epochs: 6, keepEpochs: 1, statisticsEvery: 10, learningRate: 0.005 },
  },
  fromNetA: { training: { epochs: 3 } },
  fromSmallerScale: { training: { epochs: 2, learningRate: 0.003 } },
  jittered: { training: { epochs: 2, learningRate: 0.003 } },
};

/** The same for a study that is made by name. */
export const quickAt56 = ['network.crop=56', 'evaluation.protocol=dense', 'evaluation.horizontalFlip=true'];

/** Read and resolved once: each takes some milliseconds. */
const quickRuns = planStudy(loadPreset('quick'), 'fashion-mnist', quickAt56);

/** A run of that study: `D@256#1`. */
export function quickRunAt56(key: string): PlannedRun {
  const planned = quickRuns.find((run) => run.key === key);
  if (!planned) throw new Error(`The quick preset trains ${key}.`);
  return planned;
}
