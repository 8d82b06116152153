import { z } from 'zod';

/** An image to look at: from a dataset, a file on the machine the workbench runs on, or one sent by `upload`. */
export const imageReferenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('dataset'),
    dataset: z.string(),
    split: z.enum(['train', 'val']),
    /** `CLASS/FILE`. */
    name: z.string(),
  }),
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
  z.strictObject({ kind: z.literal('upload'), id: z.string() }),
]);
export type ImageReference = z.infer<typeof imageReferenceSchema>;

/** Weights to look into: a checkpoint of a run, `last`, `best` or a kept epoch (`epoch-0003`). */
export const weights = { run: z.string(), checkpoint: z.string() };
export const weightsAndImage = { ...weights, image: imageReferenceSchema };
