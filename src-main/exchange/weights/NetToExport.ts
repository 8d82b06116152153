import type { Channels, Rgb } from '../../configuration/schema.ts';
import type { SafetensorsFile } from '../../foundation/safetensors.ts';
import type { Architecture } from '../../vgg/layers.ts';
import { classesKey } from '../../vgg/weights/classNames.ts';
import { architectureKey } from '../../vgg/weights/identify.ts';

/** How an image must be prepared for the net; pixels are 0–255. */
export interface Preprocessing {
  /** Order in which the first layer reads a pixel. */
  channels: Channels;
  /** Side of the net's input crop, in pixels. */
  crop: number;
  /** Subtracted from each pixel: red, green, blue, whatever the order of the channels. */
  mean: Rgb;
  /** Divides the difference; in the same order. */
  deviation: Rgb;
}

/** A checkpoint with everything that another program needs to use its net. */
export interface NetToExport {
  architecture: Architecture;
  /** The open file, with torchvision's names and layout, and perhaps velocities as well. */
  weights: SafetensorsFile;
  preprocessing: Preprocessing;
  /** Names, in the order of the outputs. */
  classes: readonly string[];
  source: { run: string; checkpoint: string; step: number; epoch: number };
}

/** The facts of a net as metadata of a file, each value as JSON. */
export function metadataOf({
  architecture,
  preprocessing,
  classes,
  source,
}: NetToExport): Record<string, string> {
  return {
    [architectureKey]: JSON.stringify(architecture),
    'vgg-workbench.preprocessing': JSON.stringify(preprocessing),
    [classesKey]: JSON.stringify(classes),
    'vgg-workbench.source': JSON.stringify(source),
  };
}
