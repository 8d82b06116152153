import { conflictsOf } from './check.ts';
import { defaultTestScales, defaultTrainScale } from './defaultScales.ts';
import { defaultDropout } from './defaultDropout.ts';
import { describeKey } from './keys.ts';
import { settingsOfYaml, settingsOfOverride, settingsOfPreset } from './configSources.ts';
import type { Setting } from './configSources.ts';
import { errorOf, problemAt, type ConfigProblem } from './problems.ts';
import { runConfigSchema } from './schema.ts';
import type { RunConfig } from './schema.ts';
import type { Settings } from './settings.ts';
import { quoted } from '../vocabulary/printable.ts';

/** Where a configuration's values come from; each source wins over the one before it. */
export interface ConfigSources {
  /** Values that hold where no other source sets any, in the form of a preset. */
  beneath?: Settings;
  preset?: Settings;
  /** A YAML file that was read; the path only names it in errors. */
  file?: { path: string; text: string };
  /** `key.path=value`, the value in YAML; also `64-128` for an S and `56,64,72` for a list. */
  overrides?: readonly string[];
}

/** A configuration, or everything that keeps it from being one. */
export type Examined = { config: RunConfig; problems: [] } | { config: null; problems: ConfigProblem[] };

/**
 * The configuration that preset, file and overrides add up to, every value present and checked. Scales that none of
 * them sets follow from the crop.
 *
 * @throws WorkbenchError `unknown-key`, `invalid-value`, `invalid-yaml`, `invalid-override`: each names the key, the
 *   value, where it was set and the nearest right key or what the key accepts
 */
export function resolveRunConfig(sources: ConfigSources): RunConfig {
  const { config, problems } = examineRunConfig(sources);
  if (config !== null) return config;
  const [first] = problems;
  throw first ? errorOf(first) : new Error('What is no configuration has a problem.');
}

/** As {@link resolveRunConfig}, but returns all problems, at most one for each key, instead of throwing. */
export function examineRunConfig(sources: ConfigSources): Examined {
  const { settings, problems } = readSources(sources);
  const note = (problem: ConfigProblem) => {
    if (!problems.has(problem.key)) problems.set(problem.key, problem);
  };
  const result = runConfigSchema.safeParse(nested(settings.values()));
  if (!result.success) {
    for (const issue of result.error.issues) note(valueProblem(issue, settings));
    return { config: null, problems: [...problems.values()] };
  }
  const config = result.data;
  if (!settings.has('network.dropout')) config.network.dropout = defaultDropout(config.network.width);
  // Scales depend on the crop: those that were not set follow from it, in the paper's ratio.
  if (!settings.has('data.trainScale')) config.data.trainScale = defaultTrainScale(config.network.crop);
  if (!settings.has('evaluation.testScales')) {
    config.evaluation.testScales = defaultTestScales(config.data.trainScale);
  }
  for (const conflict of conflictsOf(config)) note(conflict);
  return problems.size === 0 ? { config, problems: [] } : { config: null, problems: [...problems.values()] };
}

/** The value that preset, file or overrides give a key, as written and not checked; undefined where none sets it. */
export function writtenValue({ beneath: _, ...sources }: ConfigSources, key: string): unknown {
  return readSources(sources).settings.get(key)?.value;
}

/** What each source sets, and the problems of those that cannot be read. */
function readSources({ beneath, preset, file, overrides = [] }: ConfigSources): {
  settings: Map<string, Setting>;
  problems: Map<string, ConfigProblem>;
} {
  const settings = new Map<string, Setting>();
  const problems = new Map<string, ConfigProblem>();
  const take = (key: string, read: () => Setting[]) => {
    try {
      for (const setting of read()) settings.set(setting.key, setting);
    } catch (error) {
      const problem = problemAt(key, error);
      if (!problems.has(problem.key)) problems.set(problem.key, problem);
    }
  };
  take('', () => settingsOfPreset(beneath));
  take('', () => settingsOfPreset(preset));
  if (file !== undefined) take('', () => settingsOfYaml(file.path, file.text));
  for (const override of overrides) {
    take(override.slice(0, Math.max(0, override.indexOf('='))).trim(), () => settingsOfOverride(override));
  }
  return { settings, problems };
}

/** `a.b.c` → `{a: {b: {c}}}` */
function nested(settings: Iterable<Setting>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { key, value } of settings) {
    const names = key.split('.');
    const last = names.pop() ?? key;
    let section = root;
    for (const name of names) section = (section[name] ??= {}) as Record<string, unknown>;
    section[last] = value;
  }
  return root;
}

interface Issue {
  code?: string | undefined;
  path: PropertyKey[];
  message: string;
}

function valueProblem(issue: Issue, settings: ReadonlyMap<string, Setting>): ConfigProblem {
  const path = issue.path.map(String);
  // An element of a list (`evaluation.testScales.1`) belongs to the list's key.
  while (path.length > 1 && describeKey(path.join('.')) === undefined) path.pop();
  const key = path.join('.');
  const setting = settings.get(key);
  const detail = issue.code === 'custom' ? `: ${issue.message}` : '';
  const value = quoted(setting?.value ?? null);
  return {
    key,
    code: 'invalid-value',
    message: `${key} cannot be ${value} (${setting?.origin ?? 'default'})${detail}.`,
    nextStep: `${key} takes: ${describeKey(key)?.type ?? 'another value'}.`,
  };
}
