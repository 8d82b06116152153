import { z } from 'zod';

/*
 * What can be asked about a checkpoint, and the answers. They cross from the workbench to the process that computes.
 */

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array, 'bytes');
/** Also NaN, in the net of a run that diverged. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'a number');
const rgb = z.tuple([z.number(), z.number(), z.number()]);

const imageSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string(), bytes: z.int() }),
  z.strictObject({
    kind: z.literal('pixels'),
    data: bytes,
    width: z.int(),
    height: z.int(),
    channels: z.union([z.literal(1), z.literal(3)]),
  }),
]);

/** A checkpoint of a run and how its images are prepared; the mean stands in the checkpoint. */
const seen = {
  checkpoint: z.string(),
  /** Smallest side to which an image is rescaled before its central crop is taken. */
  scale: z.int(),
  deviation: rgb,
};

export const questionSchema = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('activity'), ...seen, image: imageSourceSchema }),
  z.strictObject({ about: z.literal('maps'), ...seen, image: imageSourceSchema, layer: z.string() }),
  z.strictObject({ about: z.literal('filters'), checkpoint: z.string(), layer: z.string() }),
  z.strictObject({ about: z.literal('deadUnits'), ...seen, images: z.array(imageSourceSchema) }),
]);
export type Question = z.infer<typeof questionSchema>;

const statistics = {
  least: anyNumber,
  greatest: anyNumber,
  mean: anyNumber,
  deviation: anyNumber,
  zero: anyNumber,
};
const shape = z.tuple([z.int(), z.int(), z.int()]);

export const answerSchema = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('activity'),
    /** The central crop as PNG, before the mean was subtracted. */
    input: bytes,
    side: z.int(),
    layers: z.array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['conv', 'lrn', 'pool', 'fc']),
        shape,
        ...statistics,
        deadMaps: z.int(),
        receptiveField: z.strictObject({ side: z.int(), stride: z.int(), offset: z.int() }),
      }),
    ),
    /** The greatest posteriors, greatest first. */
    top: z.array(z.strictObject({ label: z.int(), posterior: z.number() })),
  }),
  z.strictObject({
    about: z.literal('maps'),
    shape,
    /** [channels, height, width], each channel scaled by itself. */
    values: bytes,
    maps: z.array(z.strictObject(statistics)),
  }),
  z.strictObject({
    about: z.literal('filters'),
    shape: z.tuple([z.int(), z.int(), z.int(), z.int()]),
    values: bytes,
    shownInputs: z.int(),
    filters: z.array(z.strictObject({ ...statistics, norm: anyNumber })),
  }),
  z.strictObject({
    about: z.literal('deadUnits'),
    images: z.int(),
    layers: z.array(z.strictObject({ name: z.string(), channels: z.int(), dead: z.number() })),
  }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type AnswerTo<Asked extends Question> = Extract<Answer, { about: Asked['about'] }>;
