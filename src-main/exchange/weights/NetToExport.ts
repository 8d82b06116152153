import type { Rgb } from '../../configuration/schema.ts';
import type { SafetensorsFile } from '../../foundation/safetensors.ts';
import type { Architecture } from '../../vgg/layers.ts';
import { architectureKey } from '../../vgg/weights/identify.ts';

/** What an image must be turned into before the net sees it; pixels are 0–255. */
export interface Preprocessing {
  channels: 'RGB';
  /** Side of the crop that the net takes. */
  crop: number;
  /** Subtracted from each pixel, by channel. */
  mean: Rgb;
  /** Divides what is left. */
  deviation: Rgb;
}

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

/** The facts of a net as the metadata of a file, each value JSON. */
export function metadataOf({
  architecture,
  preprocessing,
  classes,
  source,
}: NetToExport): Record<string, string> {
  return {
    [architectureKey]: JSON.stringify(architecture),
    'vgg-workbench.preprocessing': JSON.stringify(preprocessing),
    'vgg-workbench.classes': JSON.stringify(classes),
    'vgg-workbench.source': JSON.stringify(source),
  };
}
