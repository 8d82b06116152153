import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Configuration } from '../../vocabulary/configurations.ts';
import { answer, configSources } from './answer.ts';

/** Bytes that one image needs in one kind of pass, computed and measured. */
export interface MemoryOfPass {
  pass: 'training' | 'inference';
  /** From shapes: what a backward pass needs of all layers, or without one the outputs of two neighbouring layers. */
  computedBytesPerImage: number;
  /** Tensors alive at the peak. */
  tensorBytesPerImage: number;
  /** Resident memory of the process at the peak; on a GPU this says nothing about the net. */
  residentBytesPerImage: number;
  /** The measurements behind the slopes, each in a process of its own. */
  measured: { images: number; peakRssBytes: number; peakTensorBytes: number }[];
}

export interface MemoryMeasurement {
  config: Configuration;
  width: number;
  crop: number;
  classes: number;
  device: 'cpu' | 'gpu';
  passes: MemoryOfPass[];
}

export const memoryContract = {
  /** Measures how much memory an image needs. This needs four processes and, for a net of the paper's size, minutes. */
  memory: oc
    .input(
      z.strictObject({
        ...configSources,
        /** The larger of the two numbers of images that are compared; the other is half of it. */
        images: z.int().min(2).max(4096).multipleOf(2).optional(),
      }),
    )
    .output(answer<MemoryMeasurement>()),
};
