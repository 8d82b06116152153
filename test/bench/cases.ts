import type { Precision } from '../../src-main/vocabulary/kernels.ts';

/** A net and sizes that are measured. */
export interface Case {
  config: 'A' | 'D';
  crop: number;
  width: number;
  batch: number;
}

export const cases: readonly Case[] = [
  { config: 'A', crop: 224, width: 1, batch: 16 },
  { config: 'D', crop: 224, width: 1, batch: 8 },
  { config: 'A', crop: 56, width: 0.25, batch: 64 },
  { config: 'D', crop: 56, width: 0.25, batch: 64 },
];

export function nameOf({ config, crop, width, batch }: Case): string {
  return `${config}, crop ${crop}, width ${width}, batch ${batch}`;
}

/** The settings of a run of this net at these sizes. */
export function overridesOf(
  { config, crop, width, batch }: Case,
  precision: Precision = 'float32',
): string[] {
  const settings = {
    'network.config': config,
    'network.crop': crop,
    'network.width': width,
    'training.batch': batch,
    // The paper's step, which the peers take too.
    'network.dropout': 0.5,
    'training.clipNorm': 'null',
    'training.precision': precision,
    // Random images have no scale; it only has to have room for the crop.
    'data.trainScale': crop,
    'evaluation.testScales': `[${crop}]`,
  };
  return Object.entries(settings).map(([key, value]) => `${key}=${value}`);
}
