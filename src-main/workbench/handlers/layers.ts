import { readFileSync } from 'node:fs';
import { resolveRunConfig, writtenValue, type ConfigLayers } from '../../configuration/resolve.ts';
import { copiedLayers, type CopiedLayers, type RunConfig } from '../../configuration/schema.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { readPreset, type Settings } from '../../studies/preset.ts';
import { findWeights } from '../../supervisor/weights.ts';
import { inspectWeights, type WeightsFacts } from '../../vgg/weights/inspect.ts';

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

/**
 * The same layers over the net and the preprocessing of the weights that a run starts from. So nobody has to know by heart
 * what another's net takes.
 *
 * @throws WorkbenchError those of finding and opening the weights
 */
export async function overWeights(
  log: RunLog,
  layers: ConfigLayers,
): Promise<{ layers: ConfigLayers; weights: WeightsFacts | null }> {
  const from = writtenValue(layers, 'initialisation.from');
  const found = typeof from === 'string' ? findWeights(log, from) : null;
  if (found === null) return { layers, weights: null };
  const weights = await inspectWeights(found.path);
  const written = writtenValue(layers, 'initialisation.layers');
  const copied = copiedLayers.find((each) => each === written) ?? 'all';
  const beneath = {
    ...settingsOf(weights, layers, copied),
    ...(found.run !== null && preprocessingOf(log.runs.get(found.run), layers)),
  };
  return { layers: { ...layers, beneath }, weights };
}

/** A mean of its own training set stays one of the training set. */
function preprocessingOf({ config: { data } }: Run, layers: ConfigLayers): Settings {
  return { data: settlesPreprocessing(layers) ? {} : { mean: data.mean, deviation: data.deviation } };
}

/** Whoever gives the mean or the deviation gives both: half of another's would fit neither. */
function settlesPreprocessing(layers: ConfigLayers): boolean {
  return ['data.mean', 'data.deviation'].some((key) => writtenValue(layers, key) !== undefined);
}

/** What weights settle where the layers do not. */
export function settingsOf(
  { architecture, preprocessing }: WeightsFacts,
  layers: ConfigLayers,
  copied: CopiedLayers,
): Settings {
  const { config, width, crop, classes } = architecture ?? {};
  return {
    network: {
      ...(copied !== 'net-a' && config !== undefined && { config }),
      ...(width !== undefined && { width }),
      ...(crop !== undefined && { crop }),
      ...(copied !== 'all-but-last' && classes !== undefined && { classes }),
    },
    data: settlesPreprocessing(layers) ? {} : { ...preprocessing },
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
