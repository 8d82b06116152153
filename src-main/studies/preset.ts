import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { settingsSchema } from '../configuration/settings.ts';
import { maxBytesOfYaml, readYaml } from '../configuration/yamlText.ts';
import { readSmallFile } from '../foundation/files.ts';
import { expanded } from '../foundation/home.ts';
import { resourcesFolder } from '../foundation/project.ts';
import { ReadFiles } from '../foundation/ReadFiles.ts';
import { presetUnknown, presetUnreadable } from './errors.ts';

/** Each seed trains every net anew. A study is planned whenever it is looked at, so it cannot have any number of runs. */
export const seedsSchema = z.array(z.int().min(0).max(0x7fffffff)).min(1).max(50);

/** How a study trains the nets of Tables 3 and 4: what all runs share, and what each stage of Sect. 3.1 changes. */
export const presetSchema = z.strictObject({
  description: z.string().max(10_000).default(''),
  /** Each seed trains every net anew; the tables then give mean and deviation. */
  seeds: seedsSchema.default([1]),
  /** Whether it trains nothing and only scores given weights. */
  evaluates: z.boolean().default(false),
  base: settingsSchema,
  /** B–E at the smallest S, started from net A. */
  fromNetA: settingsSchema.default({}),
  /** S=384, started from the same net at S=256. */
  fromSmallerScale: settingsSchema.default({}),
  /** S drawn from [256;512], started from the same net at S=384. */
  jittered: settingsSchema.default({}),
});
export type Preset = z.infer<typeof presetSchema>;

const shippedFolder = join(resourcesFolder, 'presets');
const presetFiles = new ReadFiles(readPreset);

/** The presets that ship, and those of a person in the folder `presets` of the data folder, each once. */
export function presetNames(home?: string): string[] {
  const folders = home === undefined ? [shippedFolder] : [shippedFolder, ownPresets(home)];
  const names = folders.flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.yaml')) : [],
  );
  return [...new Set(names.map((file) => file.slice(0, -'.yaml'.length)))].sort();
}

/** Where a person's own presets lie. */
export function ownPresets(home: string): string {
  return join(home, 'presets');
}

/**
 * A preset that ships, one of a person's own, or any file whose name ends in `.yaml` or `.yml`. No own one takes the place
 * of one that ships.
 *
 * @param home the data folder
 * @throws WorkbenchError `preset-unknown`, `preset-unreadable`, `invalid-yaml`
 */
export function loadPreset(name: string, home?: string): Preset {
  if (/\.ya?ml$/.test(name)) return presetFiles.of(expanded(name));
  if (!presetNames(home).includes(name)) throw presetUnknown(name, presetNames(home));
  const shipped = join(shippedFolder, `${name}.yaml`);
  return presetFiles.of(
    home === undefined || existsSync(shipped) ? shipped : join(ownPresets(home), `${name}.yaml`),
  );
}

function readPreset(path: string): Preset {
  if (!existsSync(path)) throw presetUnreadable(path, 'there is no such file');
  const bytes = readSmallFile(path, maxBytesOfYaml);
  if (bytes === undefined) throw presetUnreadable(path, 'it is no file, or longer than any preset');
  const result = presetSchema.safeParse(readYaml(path, bytes.toString('utf8')).value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw presetUnreadable(path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is none'}`);
}
