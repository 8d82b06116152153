import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Configuration } from '../../vocabulary/configurations.ts';
import { answer, configSources } from './answer.ts';

/** Bytes that one image takes in one kind of pass, computed and measured. */
export interface MemoryOfPass {
  pass: 'training' | 'inference';
  /** From shapes: outputs of all layers, which a backward pass needs; of two neighbouring layers where nothing is kept. */
  computedBytesPerImage: number;
  /** Tensors alive at the peak. */
  tensorBytesPerImage: number;
  /** Resident memory at the peak; of the process, so that on a GPU it says nothing of the net. */
  residentBytesPerImage: number;
  /** What the slopes come from, each in a process of its own. */
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
  /** Measures what memory an image takes. It takes four processes and, for a net of the paper's size, minutes. */
  memory: oc
    .input(
      z.strictObject({
        ...configSources,
        /** The greater of the two numbers of images that are compared; the other is half of it. */
        images: z.int().min(2).max(4096).multipleOf(2).optional(),
      }),
    )
    .output(answer<MemoryMeasurement>()),
};
