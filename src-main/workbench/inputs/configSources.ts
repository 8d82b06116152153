import { paperRecipe } from '../../configuration/paperRecipe.ts';
import { resolveRunConfig, writtenValue, type ConfigSources } from '../../configuration/resolve.ts';
import { copiedLayers, type CopiedLayers, type RunConfig } from '../../configuration/schema.ts';
import { overlay, type Settings } from '../../configuration/settings.ts';
import { maxBytesOfYaml } from '../../configuration/yamlText.ts';
import { defined } from '../../foundation/defined.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { readSmallFile } from '../../foundation/files.ts';
import { expanded } from '../../foundation/home.ts';
import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { loadPreset } from '../../studies/preset.ts';
import { findWeights } from '../../supervisor/weights.ts';
import type { Architecture } from '../../vgg/layers.ts';
import { inspectWeights, type WeightsFacts } from '../../vgg/weights/inspect.ts';
import { bytesText } from '../../vocabulary/bytes.ts';

export interface ConfigSourcesInput {
  preset?: string | undefined;
  file?: string | undefined;
  overrides: string[];
}

/** Resolves preset < YAML file < overrides by name. @throws WorkbenchError `config-not-found`, those of the sources */
export function resolveSources(input: ConfigSourcesInput, home: string): RunConfig {
  return resolveRunConfig(readSources(input, home));
}

/** @throws WorkbenchError `preset-unknown`, `config-not-found` */
export function readSources({ preset, file, overrides }: ConfigSourcesInput, home: string): ConfigSources {
  return {
    ...defined({
      beneath: preset === undefined ? undefined : paperRecipe,
      preset: preset === undefined ? undefined : loadPreset(preset, home).base,
      file: file === undefined ? undefined : { path: file, text: readConfigFile(expanded(file)) },
    }),
    overrides,
  };
}

/**
 * The same sources, with the net and the preprocessing of the weights that a run starts from as a base, so that nobody
 * has to know what somebody else's net needs.
 *
 * @throws WorkbenchError those of finding and opening the weights
 */
export async function withWeightsAsBase(
  log: RunLog,
  sources: ConfigSources,
): Promise<{ sources: ConfigSources; weights: WeightsFacts | null }> {
  const from = writtenValue(sources, 'initialisation.from');
  const found = typeof from === 'string' ? findWeights(log, from) : null;
  if (found === null) return { sources, weights: null };
  const weights = await inspectWeights(found.path);
  const written = writtenValue(sources, 'initialisation.layers');
  const copied = copiedLayers.find((each) => each === written) ?? 'all';
  if (copied === 'all') requireNet(weights);
  const settings = settingsOfWeights(weights, sources, copied);
  const ofRun = found.run === null ? {} : preprocessingOf(log.runs.get(found.run), sources);
  const beneath = { ...settings, data: { ...settings.data, ...ofRun } };
  return { sources: withSettingsAsBase(sources, beneath), weights };
}

/** The preprocessing of a run's weights. A mean of its own training set stays a mean of the training set. */
function preprocessingOf({ config: { data } }: Run, sources: ConfigSources): Settings['data'] {
  return settlesPreprocessing(sources) ? {} : { mean: data.mean, deviation: data.deviation };
}

/**
 * Whether file or overrides set the mean or the deviation. Then neither comes from the weights, whose half would not fit.
 * What a preset says of them is meant for nets that it trains from random weights.
 */
function settlesPreprocessing({ preset: _, ...sources }: ConfigSources): boolean {
  return ['data.mean', 'data.deviation'].some((key) => writtenValue(sources, key) !== undefined);
}

/** The sources over the settings of weights, which alone know how their net's input was prepared. */
export function withSettingsAsBase(
  { preset, beneath, ...sources }: ConfigSources,
  ofWeights: Settings,
): ConfigSources {
  const { mean: _mean, deviation: _deviation, ...data } = preset?.data ?? {};
  return {
    ...sources,
    beneath: overlay(beneath ?? {}, ofWeights),
    ...(preset === undefined ? {} : { preset: { ...preset, data } }),
  };
}

/**
 * Refuses a file that holds no whole net, with the reason.
 *
 * @throws WorkbenchError `weights-of-no-net`
 */
export function requireNet(weights: WeightsFacts): asserts weights is WeightsFacts & {
  architecture: Architecture;
} {
  const { path, architecture, convolutions, misfit } = weights;
  if (architecture) return;
  throw new WorkbenchError(
    'weights-of-no-net',
    `${path} does not hold the weights of a net that is known here: ${misfit ?? 'it holds none'}.`,
    convolutions
      ? 'Train from its convolutions with npm run -s vgg -- train --from FILE --copied-layers convolutions.'
      : 'Nets that are read are those of docs/manual.md; see what the file holds with npm run -s vgg -- weights FILE.',
  );
}

/** The settings that weights determine if the sources do not. */
export function settingsOfWeights(
  { architecture, convolutions, format, preprocessing }: WeightsFacts,
  sources: ConfigSources,
  copied: CopiedLayers,
): Settings {
  const { config, width, crop, classes } = { ...convolutions, ...architecture };
  return {
    network: {
      ...defined({
        config: copied.startsWith('net-a') ? undefined : config,
        width,
        crop,
        classes: copied === 'all-but-last' || copied === 'convolutions' ? undefined : classes,
      }),
    },
    // The defaults of both are for nets trained here from random weights.
    training: { learningRate: 0.01 },
    data: {
      channels: format.channels,
      deviation: [1, 1, 1],
      ...(settlesPreprocessing(sources) ? {} : preprocessing),
    },
  };
}

/** @throws WorkbenchError `config-not-found` */
function readConfigFile(path: string): string {
  const refuse = (why: string, cause?: unknown) =>
    new WorkbenchError('config-not-found', `${path} ${why}.`, 'Check the path of the configuration file.', {
      cause,
    });
  let bytes;
  try {
    bytes = readSmallFile(path, maxBytesOfYaml);
  } catch (error) {
    throw refuse('cannot be read', error);
  }
  if (bytes === undefined) throw refuse(`is no file of at most ${bytesText(maxBytesOfYaml)}`);
  return bytes.toString('utf8');
}
