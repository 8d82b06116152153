import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { WorkbenchError } from '../../foundation/errors.ts';
import { resourcesFolder } from '../../foundation/project.ts';
import { comparisonSchema, type Comparison } from '../../tables/comparison/definition.ts';

const folder = join(resourcesFolder, 'studies');

/** The comparisons that ship. */
export function comparisonNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** @throws WorkbenchError `comparison-unknown` */
export function readComparison(name: string): Comparison {
  if (!comparisonNames().includes(name)) {
    throw new WorkbenchError(
      'comparison-unknown',
      `There is no study ${name}.`,
      `Choose one of: ${comparisonNames().join(', ')}.`,
    );
  }
  const written = z.looseObject({}).parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
  return comparisonSchema.parse({ name, ...written });
}
