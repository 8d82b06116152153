import { readFileSync } from 'node:fs';
import { resolveRunConfig, type ConfigLayers } from '../../configuration/resolve.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { readPreset } from '../../studies/preset.ts';

export interface ConfigLayersInput {
  preset?: string | undefined;
  file?: string | undefined;
  overrides: string[];
}

/** Preset < YAML file < overrides, from their names. @throws WorkbenchError `config-not-found` and those of the layers */
export function resolveLayers(input: ConfigLayersInput): RunConfig {
  return resolveRunConfig(readLayers(input));
}

/** @throws WorkbenchError `preset-unknown`, `config-not-found` */
export function readLayers({ preset, file, overrides }: ConfigLayersInput): ConfigLayers {
  return {
    ...(preset === undefined ? {} : { preset: readPreset(preset).base }),
    ...(file === undefined ? {} : { file: { path: file, text: readConfigFile(file) } }),
    overrides,
  };
}

function readConfigFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new WorkbenchError(
      'config-not-found',
      `${path} cannot be read.`,
      'Check the path of the configuration file.',
      {
        cause: error,
      },
    );
  }
}
