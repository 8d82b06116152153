import { WorkbenchError } from '../foundation/errors.ts';
import { checkRunConfig } from './check.ts';
import { defaultTestScales, defaultTrainScale } from './defaultScales.ts';
import { describeKey } from './keys.ts';
import { readFile, readOverride, readPreset } from './layers.ts';
import type { Setting } from './layers.ts';
import { runConfigSchema } from './schema.ts';
import type { RunConfig } from './schema.ts';

/** Where a configuration's values come from; each layer wins over the one before it. */
export interface ConfigLayers {
  preset?: unknown;
  /** A YAML file that was read; the path only names it in errors. */
  file?: { path: string; text: string };
  /** `key.path=value`, the value in YAML; also `64-128` for an S and `56,64,72` for a list. */
  overrides?: readonly string[];
}

/**
 * The configuration that preset, file and overrides add up to, every value present and checked. Scales that none of
 * them gives follow the crop.
 *
 * @throws WorkbenchError `unknown-key`, `invalid-value`, `invalid-yaml`, `invalid-override`: each names the key, the
 *   value, where it was set and the nearest right key or what the key takes
 */
export function resolveRunConfig(layers: ConfigLayers): RunConfig {
  const settings = new Map<string, Setting>();
  for (const setting of [
    ...readPreset(layers.preset),
    ...(layers.file === undefined ? [] : readFile(layers.file.path, layers.file.text)),
    ...(layers.overrides ?? []).flatMap(readOverride),
  ]) {
    settings.set(setting.key, setting);
  }
  const result = runConfigSchema.safeParse(nested(settings.values()));
  if (!result.success) throw valueError(result.error.issues, settings);
  const config = result.data;
  // Scales belong to a crop: those that nobody set follow it, as the paper's do.
  if (!settings.has('data.trainScale')) config.data.trainScale = defaultTrainScale(config.network.crop);
  if (!settings.has('evaluation.testScales')) {
    config.evaluation.testScales = defaultTestScales(config.data.trainScale);
  }
  checkRunConfig(config);
  return config;
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

function valueError(issues: readonly Issue[], settings: ReadonlyMap<string, Setting>): WorkbenchError {
  const [issue] = issues;
  const path = issue?.path.map(String) ?? [];
  // An element of a list (`evaluation.testScales.1`) belongs to the list's key.
  while (path.length > 1 && describeKey(path.join('.')) === undefined) path.pop();
  const key = path.join('.');
  const setting = settings.get(key);
  const told = issue?.code === 'custom' ? `: ${issue.message}` : '';
  const value = JSON.stringify(setting?.value ?? null);
  return new WorkbenchError(
    'invalid-value',
    `${key} cannot be ${value} (${setting?.origin ?? 'default'})${told}.`,
    `${key} takes: ${describeKey(key)?.type ?? 'another value'}.`,
  );
}
