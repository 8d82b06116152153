import { z } from 'zod';
import { runConfigSchema } from './schema.ts';
import { overlay, settingsSchema, type Settings } from './settings.ts';

/**
 * Sect. 3.1's training where the defaults have moved on from it, and Glorot's first weights. Presets are laid over it, so
 * that none changes when a default does, and it completes configurations of versions that did not write these keys yet.
 */
export const paperRecipe: Settings = {
  network: { dropout: 0.5 },
  data: { deviation: [1, 1, 1] },
  initialisation: { scheme: 'glorot' },
  training: { learningRate: 0.01, schedule: 'plateau', warmUpEpochs: 0, clipNorm: null },
};

/** The configuration of a run as it was stored, by this version or an earlier one. */
export const storedRunConfigSchema = z.preprocess((stored) => {
  const { data } = settingsSchema.safeParse(stored);
  return data === undefined ? stored : overlay(paperRecipe, data);
}, runConfigSchema);
