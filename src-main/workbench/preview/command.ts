import { isDeepStrictEqual } from 'node:util';
import { settingsOfOverride } from '../../configuration/configSources.ts';
import { examineRunConfig, type ConfigSources } from '../../configuration/resolve.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import { followingKeys } from '../../vocabulary/followingKeys.ts';
import type { Parallel } from '../../vocabulary/parallel.ts';
import { trainScaleText } from '../../vocabulary/scales.ts';
import { valueAt } from '../../vocabulary/valueAt.ts';
import type { WeightsRequest } from '../inputs/givenWeights.ts';
import { dataHome } from '../../foundation/home.ts';
import { quotedForShell } from '../../foundation/quotedForShell.ts';

interface CommandParts {
  /** The data folder. */
  home: string;
  preset: string | undefined;
  file: string | undefined;
  sources: ConfigSources;
  /** The configuration that the sources resolve to. */
  config: RunConfig;
}

/** The settings of a study that a person makes. */
export interface StudyCommandParts {
  preset: string;
  comparison?: string | undefined;
  dataset?: string | undefined;
  seeds?: readonly number[] | undefined;
  weights?: readonly WeightsRequest[] | undefined;
  tables?: readonly number[] | undefined;
  overrides: readonly string[];
  only?: readonly string[] | undefined;
  parallel?: Parallel | undefined;
}

/** The command line that makes the same study; null for a part of a comparison, which the command line cannot make. */
export function studyCommand(
  home: string,
  { preset, comparison, dataset, seeds, weights, tables, overrides, only, parallel }: StudyCommandParts,
): string | null {
  if (comparison !== undefined && only !== undefined) return null;
  const words = [
    ...['npm', 'run', '-s', 'vgg', '--'],
    ...(comparison === undefined ? ['reproduce'] : ['study', comparison]),
    ...(home === dataHome() ? [] : ['--home', home]),
    ...['--preset', preset],
    ...(dataset === undefined ? [] : ['--data', dataset]),
    ...(seeds === undefined ? [] : ['--seeds', seeds.join(',')]),
    ...(only === undefined ? [] : ['--nets', only.join(',')]),
    ...(weights === undefined ? [] : weightsWords(weights)),
    ...(tables === undefined ? [] : ['--tables', tables.join(',')]),
    ...(parallel === undefined ? [] : ['--parallel', String(parallel)]),
    ...overrides,
  ];
  return words.map(quoted).join(' ');
}

/** S is given once if all have the same, else for each in order. */
function weightsWords(weights: readonly WeightsRequest[]): string[] {
  const scales = weights.map(({ trainedAt }) =>
    trainedAt === undefined ? 'own' : trainScaleText(trainedAt),
  );
  const [first, ...others] = new Set(scales);
  const named = others.length > 0 ? scales : first === undefined || first === 'own' ? [] : [first];
  return [
    ...weights.flatMap(({ path }) => ['--weights', path]),
    ...named.flatMap((scale) => ['--trained-at', scale]),
  ];
}

/** The command line that trains the same, for a POSIX shell: only settings that preset and file do not contain. */
export function trainCommand({ home, preset, file, sources, config }: CommandParts): string {
  const words = [
    ...['npm', 'run', '-s', 'vgg', '--', 'train'],
    ...(home === dataHome() ? [] : ['--home', home]),
    ...(preset === undefined ? [] : ['--preset', preset]),
    ...(file === undefined ? [] : ['--file', file]),
    ...neededOverrides(sources, config),
  ];
  return words.map(quoted).join(' ');
}

function neededOverrides({ overrides = [], ...under }: ConfigSources, config: RunConfig): string[] {
  const settings = new Map(overrides.flatMap(settingsOfOverride).map(({ key, value }) => [key, value]));
  const base = examineRunConfig(under).config;
  const texts = new Map(
    [...settings]
      .filter(
        ([key]) =>
          followingKeys.includes(key) ||
          !base ||
          !isDeepStrictEqual(valueAt(base, key), valueAt(config, key)),
      )
      .map(([key, value]) => [key, overrideOf(key, value)]),
  );
  // Only trying shows whether a key that follows others has to be set.
  for (const key of followingKeys) {
    const others = [...texts].filter(([other]) => other !== key).map(([, text]) => text);
    const without = examineRunConfig({ ...under, overrides: others }).config;
    if (isDeepStrictEqual(without, config)) texts.delete(key);
  }
  return [...texts.values()];
}

/** As a person would write it, if that is read back as the same value; else as JSON, which YAML can read. */
function overrideOf(key: string, value: unknown): string {
  const plain = `${key}=${plainText(key, value)}`;
  return isReadAs(plain, value) ? plain : `${key}=${JSON.stringify(value)}`;
}

function plainText(key: string, value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const numbers = value.map(Number);
  const [least, most] = numbers;
  if (key !== 'data.trainScale' || least === undefined || most === undefined) return numbers.join(',');
  return trainScaleText([least, most]);
}

function isReadAs(override: string, value: unknown): boolean {
  try {
    return isDeepStrictEqual(settingsOfOverride(override)[0]?.value, value);
  } catch {
    return false;
  }
}

function quoted(word: string): string {
  return /^[\w.,:/=+@%-]+$/.test(word) ? word : quotedForShell(word);
}
