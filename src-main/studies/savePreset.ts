import { join } from 'node:path';
import { stringify } from 'yaml';
import type { RunConfig } from '../configuration/schema.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { requireFolder, writeFileAtomically } from '../foundation/files.ts';
import { ownPresets, presetNames } from './preset.ts';

/** What a preset of one's own is made of. */
export interface OwnPreset {
  name: string;
  description: string;
  config: RunConfig;
}

/**
 * Keeps the settings of a run as a preset, whole, so that no later version reads it otherwise. Left out is what belongs to
 * the one run: its images, classes, seed and what it starts from. One of the same name is replaced.
 *
 * @param home the data folder
 * @returns the path of the file
 * @throws WorkbenchError `preset-name` for a name that is no file's, or that of a preset that ships; `write-failed`
 */
export function savePreset(home: string, { name, description, config }: OwnPreset): string {
  if (!/^[\w][\w-]{0,63}$/.test(name) || presetNames().includes(name)) {
    throw new WorkbenchError(
      'preset-name',
      `A preset of your own cannot be called ${JSON.stringify(name)}.`,
      `Take letters, digits, - and _, and none of ${presetNames().join(', ')}.`,
    );
  }
  const { network, data, initialisation, training, evaluation } = config;
  const { classes: _classes, ...net } = network;
  const { dataset: _dataset, classList: _classList, ...images } = data;
  const { from: _from, layers: _layers, ...start } = initialisation;
  const { seed, ...rest } = training;
  const base = { network: net, data: images, initialisation: start, training: rest, evaluation };
  const folder = ownPresets(home);
  requireFolder(folder);
  const path = join(folder, `${name}.yaml`);
  writeFileAtomically(path, stringify({ description, seeds: [seed], base }));
  return path;
}
