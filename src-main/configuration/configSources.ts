import { WorkbenchError } from '../foundation/errors.ts';
import { expanded } from '../foundation/home.ts';
import { describeKey, isSection, nearestKey } from './keys.ts';
import { excerpt, quoted } from '../vocabulary/printable.ts';
import { parseTestScales, parseTrainScale } from '../vocabulary/scales.ts';
import { readYaml } from './yamlText.ts';

/** One value that was set, and where. */
export interface Setting {
  key: string;
  value: unknown;
  /** For an error's text: `line 4 of train.yaml`. */
  origin: string;
}

/** @throws WorkbenchError `unknown-key`, `invalid-value` */
export function settingsOfPreset(preset: unknown): Setting[] {
  return [...settings(preset, '', () => 'the preset')];
}

/** @throws WorkbenchError `invalid-yaml`, `unknown-key`, `invalid-value` */
export function settingsOfYaml(path: string, text: string): Setting[] {
  const { value, lineOf } = readYaml(path, text);
  const originOf = (key: string): string => {
    const line = lineOf(key);
    return line === undefined ? path : `line ${line} of ${path}`;
  };
  return [...settings(value, '', originOf)];
}

/** @throws WorkbenchError `invalid-override`, `unknown-key`, `invalid-value` */
export function settingsOfOverride(override: string): Setting[] {
  const equals = override.indexOf('=');
  if (equals < 1) {
    throw new WorkbenchError(
      'invalid-override',
      `${excerpt(override)} does not set a key.`,
      'Write key.path=value, for example training.batch=128.',
    );
  }
  const key = override.slice(0, equals).trim();
  const text = override.slice(equals + 1);
  const origin = `override ${excerpt(override)}`;
  return [...settings(overrideValue(key, text, origin), key, () => origin)];
}

/** What is the same number to YAML and to JavaScript. */
const plainNumber = /^(0|[1-9]\d{0,14})(\.\d{1,15})?$/;

/** A folder may be named 2024 or 1e3: where a key accepts only text, the value is kept as typed. */
function overrideValue(key: string, text: string, origin: string): unknown {
  let value: unknown;
  try {
    // Most values are numbers, and a study reads them for each of its runs: a parser of YAML takes long for them.
    value = plainNumber.test(text) ? Number(text) : readYaml(origin, text).value;
  } catch {
    throw new WorkbenchError(
      'invalid-value',
      `The value of ${excerpt(key)} cannot be read (${origin}).`,
      'Write it as YAML: 0.1, true, null, text or [64, 128].',
    );
  }
  const accepts = describeKey(key)?.accepts;
  if (accepts?.has('string') !== true || typeof value === 'string') return value;
  return value === null && accepts.has('null') && text.trim() !== '' ? null : text;
}

function* settings(value: unknown, path: string, originOf: (key: string) => string): Generator<Setting> {
  if (describeKey(path) !== undefined) {
    yield { key: path, value: unfolded(path, value), origin: originOf(path) };
  } else if (!isSection(path)) {
    const near = nearestKey(path);
    throw new WorkbenchError(
      'unknown-key',
      `There is no key ${excerpt(path)} (value ${quoted(value)}, ${originOf(path)}).`,
      near === undefined ? 'See the list of keys in the help.' : `Did you mean ${near}?`,
    );
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) {
      yield* settings(inner, path === '' ? name : `${path}.${name}`, originOf);
    }
  } else if (value !== null && value !== undefined) {
    const name = path === '' ? 'The configuration' : path;
    throw new WorkbenchError(
      'invalid-value',
      `${name} is a group of keys and cannot be ${quoted(value)} (${originOf(path)}).`,
      'Set the keys in it one by one.',
    );
  }
}

/** The keys that name a place on the disk. */
export const placeKeys: ReadonlySet<string> = new Set([
  'data.dataset',
  'data.classList',
  'initialisation.from',
]);

/** Values as people write them: `~/images`, `64-128`, `56,64,72`, and one value where a list is expected. */
function unfolded(key: string, value: unknown): unknown {
  if (placeKeys.has(key) && typeof value === 'string') return expanded(value);
  const accepts = describeKey(key)?.accepts;
  if (accepts?.has('array') !== true) return value;
  if (typeof value === 'number' && !accepts.has('integer')) return [value];
  if (typeof value !== 'string') return value;
  if (key === 'data.trainScale') return parseTrainScale(value) ?? parseTestScales(value) ?? value;
  const parts = value.split(',').map((part) => Number(part.trim() === '' ? NaN : part));
  return parts.length > 1 && parts.every(Number.isFinite) ? parts : value;
}
