import { z } from 'zod';
import type { SafetensorsFile } from '../../foundation/safetensors.ts';
import type { Architecture } from '../../vgg/layers.ts';
import { architectureKey } from '../../vgg/weights/identify.ts';

/** What an image must be turned into before the net sees it; pixels are 0–255. */
export const preprocessingSchema = z.object({
  channels: z.literal('RGB'),
  /** Side of the crop that the net takes. */
  crop: z.int(),
  /** Subtracted from each pixel, by channel. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  /** Divides what is left. */
  deviation: z.tuple([z.number(), z.number(), z.number()]),
});
export type Preprocessing = z.infer<typeof preprocessingSchema>;

/** A checkpoint with all that another program has to know to use its net. */
export interface NetToExport {
  architecture: Architecture;
  /** Open; with torchvision's names and layout, and perhaps velocities besides. */
  weights: SafetensorsFile;
  preprocessing: Preprocessing;
  /** Names, in the order of the outputs. */
  classes: readonly string[];
  source: { run: string; checkpoint: string; step: number; epoch: number };
}

export const preprocessingKey = 'vgg-workbench.preprocessing';

/** The facts of a net as the metadata of a file, each value JSON. */
export function metadataOf({
  architecture,
  preprocessing,
  classes,
  source,
}: NetToExport): Record<string, string> {
  return {
    [architectureKey]: JSON.stringify(architecture),
    [preprocessingKey]: JSON.stringify(preprocessing),
    'vgg-workbench.classes': JSON.stringify(classes),
    'vgg-workbench.source': JSON.stringify(source),
  };
}
