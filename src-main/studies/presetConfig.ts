import { paperRecipe } from '../configuration/paperRecipe.ts';
import { resolveRunConfig } from '../configuration/resolve.ts';
import type { RunConfig } from '../configuration/schema.ts';
import type { Settings } from '../configuration/settings.ts';

/** The configuration of a run by a preset's settings: what they leave open is the paper's, whatever the defaults are. */
export function presetConfig(preset: Settings, overrides: readonly string[]): RunConfig {
  return resolveRunConfig({ beneath: paperRecipe, preset, overrides });
}
