import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { LayerSignal } from '../../insight/startSignal.ts';
import { runConfigSchema } from '../../configuration/schema.ts';
import { configurations } from '../../vocabulary/configurations.ts';
import { answer } from './answer.ts';

export type { LayerSignal } from '../../insight/startSignal.ts';

/** A net before its first step. */
export interface StartSignal {
  /** The mean cross-entropy of random labels: the logarithm of the number of classes, if the logits are small. */
  loss: number;
  /** In their order, without pools. */
  layers: LayerSignal[];
}

const { scheme, fan, deviation } = runConfigSchema.shape.initialisation.unwrap().shape;

export const startContract = {
  /** One pass of a few images forward and back through a net that has learned nothing. Takes a second at a small size. */
  startSignal: oc
    .input(
      z.strictObject({
        config: z.enum(configurations),
        width: z.number().positive().max(4).default(0.25),
        crop: z.int().min(32).max(512).default(64),
        classes: z.int().min(2).max(100_000).default(10),
        scheme,
        fan,
        deviation,
        /** Whether each colour is divided by its deviation over the images. */
        standardised: z.boolean().default(true),
        images: z.int().min(1).max(64).default(16),
        /** Images of its validation set; by default noise. */
        dataset: z.string().min(1).optional(),
        seed: z.int().min(0).default(1),
      }),
    )
    .output(answer<StartSignal>()),
};
