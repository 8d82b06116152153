import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const number = z.number();
const recipeSchema = z.object({
  steps: z.object({
    settings: z.object({
      ...{ crop: number, images: number, epochs: number, stepsPerEpoch: number, warmUpEpochs: number },
      ...{ learningRate: number, momentum: number, weightDecay: number, clipNorm: number },
      mean: z.tuple([number, number, number]),
      deviation: z.tuple([number, number, number]),
    }),
    seen: z.array(z.object({ loss: number, rate: number, norm: number })),
    after: z.array(z.object({ norm: number, values: z.array(number) })),
  }),
  plateau: z.object({
    ...{ patience: number, factor: number, threshold: number, drops: number },
    errors: z.array(number),
    rates: z.array(number),
  }),
  fans: z.record(z.enum(['conv3_1', 'fc6']), z.object({ fan_in: number, fan_out: number })),
});

/** What PyTorch 2.14 gave, by `test/reference/recipe.py`. */
export const recipe = recipeSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'reference', 'recipe.json'), 'utf8')),
);
