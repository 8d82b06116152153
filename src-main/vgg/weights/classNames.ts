import { z } from 'zod';
import { openWeights } from '../../weights/openWeights.ts';
import type { WeightsFile } from '../../weights/WeightsFile.ts';
import { parsedJson } from './identify.ts';

/** The metadata key under which an export states the names of its classes, as JSON. */
export const classesKey = 'vgg-workbench.classes';

/** The key of a checkpoint's state, which has them beside much else. */
const stateKey = 'vgg-workbench.state';

const namesSchema = z.array(z.string()).min(1);
const stateSchema = z.object({ classes: namesSchema });

/**
 * The names of the classes in the order of the net's outputs, if the file has them; there may be fewer than outputs.
 * What an export calls `class 7` for want of a name is none.
 */
export function classNamesIn({ metadata }: Pick<WeightsFile, 'metadata'>): string[] | null {
  const stored =
    namesSchema.safeParse(parsedJson(metadata[classesKey])).data ??
    stateSchema.safeParse(parsedJson(metadata[stateKey])).data?.classes;
  if (stored === undefined) return null;
  const named = stored.findLastIndex((name, output) => name !== placeholderName(output)) + 1;
  return named === 0 ? null : stored.slice(0, named);
}

/** As {@link classNamesIn}, of a file of any format. @throws WorkbenchError those of `openWeights` */
export async function readClassNames(path: string): Promise<string[] | null> {
  const file = await openWeights(path);
  try {
    return classNamesIn(file);
  } finally {
    file.close();
  }
}

/** What stands for the name of an output that has none. */
export function placeholderName(output: number): string {
  return `class ${output}`;
}
