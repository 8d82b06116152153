import { statSync } from 'node:fs';
import { z } from 'zod';
import type { Rgb } from '../../configuration/schema.ts';
import type { WeightsFormat } from '../../weights/formats.ts';
import { openWeights } from '../../weights/openWeights.ts';
import { isStated, type WeightsFile } from '../../weights/WeightsFile.ts';
import type { Architecture } from '../layers.ts';
import { classNamesIn } from './classNames.ts';
import { identify, parsedJson } from './identify.ts';
import { unusedNotes } from './unused.ts';

/** What is known of a weights file before its values are read. */
export interface WeightsFacts {
  path: string;
  bytes: number;
  format: Pick<WeightsFormat, 'name' | 'title' | 'channels' | 'trainScale'>;
  tensors: number;
  /** The net, found from the tensors; null where they match none. */
  architecture: Architecture | null;
  /** The net whose convolutions the file has, where it has no whole net. */
  convolutions: Pick<Architecture, 'config' | 'width'> | null;
  /** Why there is no whole net, a sentence without its full stop; null where there is one. */
  misfit: string | null;
  /** What a person should know of how the file was read, each a sentence. */
  notes: readonly string[];
  /** Whether the file itself states the order of its channels, the mean and the deviation; else its format's are usual. */
  isStated: boolean;
  /** What is subtracted from each pixel (0–255), RGB, and what the result is divided by; null where unknown. */
  preprocessing: Preprocessing | null;
  /** The names of the classes in the order of the outputs; null where the file does not have them. */
  classes: string[] | null;
}

export interface Preprocessing {
  mean: Rgb;
  deviation: Rgb;
}

const rgbSchema = z.tuple([z.number(), z.number(), z.number()]);
const preprocessingSchema = z.object({ mean: rgbSchema, deviation: rgbSchema.default([1, 1, 1]) });
/** The metadata keys under which the workbench's own exports and checkpoints state it, as JSON. */
const preprocessingKeys = ['vgg-workbench.preprocessing', 'vgg-workbench.state'];

const byOrderNote =
  'Its layers have names of their own: they were taken in their order, and by their shapes.';

/** @throws WorkbenchError those of {@link openWeights} */
export async function inspectWeights(path: string): Promise<WeightsFacts> {
  const file = await openWeights(path);
  try {
    const { name, title, channels, trainScale } = file.format;
    const { architecture, convolutions, misfit, isUsual } = identify(file);
    return {
      path,
      bytes: statSync(path).size,
      format: { name, title, channels, trainScale },
      tensors: file.tensors.size,
      architecture,
      convolutions,
      misfit,
      notes: [
        ...file.notes,
        ...(architecture === null || isUsual ? [] : [byOrderNote]),
        ...unusedNotes(file, architecture),
      ],
      isStated: isStated(file),
      preprocessing: preprocessingOf(file),
      classes: classNamesIn(file),
    };
  } finally {
    file.close();
  }
}

function preprocessingOf({ format: { mean, deviation }, metadata }: WeightsFile): Preprocessing | null {
  if (mean !== null && deviation !== null) return { mean, deviation };
  return (
    preprocessingKeys
      .map((key) => preprocessingSchema.safeParse(parsedJson(metadata[key])).data)
      .find((stated) => stated !== undefined) ?? null
  );
}
