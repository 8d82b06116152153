import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { resourcesFolder } from '../foundation/project.ts';
import { presetUnknown } from './errors.ts';

/** Settings as written in a configuration file; checked as such when a run is made of them. */
export const settingsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

/** Each seed trains every net anew. A study is planned whenever it is looked at, so it cannot have any number of runs. */
export const seedsSchema = z.array(z.int().min(0).max(0x7fffffff)).min(1).max(50);

/** How a study trains the nets of Tables 3 and 4: what all runs share, and what each stage of Sect. 3.1 changes. */
export const presetSchema = z.strictObject({
  description: z.string().max(10_000),
  /** Each seed trains every net anew; the tables then give mean and deviation. */
  seeds: seedsSchema,
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
export type Settings = z.infer<typeof settingsSchema>;

const folder = join(resourcesFolder, 'presets');

export function presetNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** @throws WorkbenchError `preset-unknown` */
export function loadPreset(name: string): Preset {
  if (!presetNames().includes(name)) throw presetUnknown(name, presetNames());
  return presetSchema.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
}

/** Lays settings over others, section by section. */
export function overlay(base: Settings, ...layers: readonly Settings[]): Settings {
  const result = structuredClone(base);
  for (const layer of layers) {
    for (const [section, values] of Object.entries(layer)) {
      result[section] = { ...result[section], ...values };
    }
  }
  return result;
}
