import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { comparisonUnknown } from '../errors.ts';
import { resourcesFolder } from '../../foundation/project.ts';
import { ReadFiles } from '../../foundation/ReadFiles.ts';
import { overlay, settingsSchema } from '../../configuration/settings.ts';
import { comparisonSchema, type Comparison } from '../../tables/comparison/definition.ts';

const folder = join(resourcesFolder, 'studies');

/** The names of the comparisons that ship with the workbench. */
export function comparisonNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** The form of a comparison's file, which has further settings for some presets. */
const fileSchema = z.looseObject({
  base: settingsSchema.default({}),
  presets: z.record(z.string(), settingsSchema).default({}),
});

const files = new ReadFiles((path) => fileSchema.parse(parse(readFileSync(path, 'utf8'))));

/**
 * @param preset with which it is to be trained
 * @throws WorkbenchError `comparison-unknown`
 */
export function readComparison(name: string, preset?: string): Comparison {
  if (!comparisonNames().includes(name)) throw comparisonUnknown(name, comparisonNames());
  const { presets, base, ...rest } = files.of(join(folder, `${name}.yaml`));
  const more = preset === undefined ? {} : (presets[preset] ?? {});
  return comparisonSchema.parse({ name, ...rest, base: overlay(base, more) });
}
