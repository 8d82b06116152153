import { z } from 'zod';
import { layerKinds } from '../vgg/layers.ts';
import { configurations } from '../vocabulary/configurations.ts';

/*
 * What can be asked about a checkpoint or a net, and the answers. They cross from the workbench to the process that computes.
 */

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array, 'bytes');
/** Also NaN, in the net of a run that diverged. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'a number');
const rgb = z.tuple([z.number(), z.number(), z.number()]);
const region = z.strictObject({ left: z.int(), top: z.int(), width: z.int(), height: z.int() });

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
  z.strictObject({ about: z.literal('receptiveFields'), config: z.enum(configurations) }),
  z.strictObject({ about: z.literal('activity'), ...seen, image: imageSourceSchema }),
  z.strictObject({ about: z.literal('maps'), ...seen, image: imageSourceSchema, layer: z.string() }),
  z.strictObject({ about: z.literal('filters'), checkpoint: z.string(), layer: z.string() }),
  z.strictObject({ about: z.literal('deadUnits'), ...seen, images: z.array(imageSourceSchema) }),
  z.strictObject({
    about: z.literal('gradCam'),
    ...seen,
    image: imageSourceSchema,
    /** Null for the last convolutional one. */
    layer: z.string().nullable(),
    /** Null for the class that is predicted. */
    label: z.int().nullable(),
  }),
  z.strictObject({
    about: z.literal('occlusion'),
    ...seen,
    image: imageSourceSchema,
    label: z.int().nullable(),
    side: z.int().nullable(),
    stride: z.int().nullable(),
    score: z.enum(['posterior', 'logit']),
  }),
  z.strictObject({
    about: z.literal('ascent'),
    checkpoint: z.string(),
    deviation: rgb,
    layer: z.string(),
    units: z.array(z.int()),
    goal: z.enum(['map', 'centre']),
    steps: z.int(),
    rate: z.number(),
    decay: z.number(),
    blurEvery: z.int(),
    jitter: z.int(),
    seed: z.int(),
  }),
  z.strictObject({
    about: z.literal('effectiveField'),
    ...seen,
    images: z.array(imageSourceSchema),
    layer: z.string(),
  }),
  z.strictObject({
    about: z.literal('topImages'),
    ...seen,
    images: z.array(imageSourceSchema),
    /** The same for the same images. */
    imagesKey: z.string(),
    layer: z.string(),
    unit: z.int(),
    count: z.int(),
  }),
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
const receptiveField = { side: z.int(), stride: z.int(), offset: z.int() };
/** What of an image speaks for a class. */
const classMap = {
  label: z.int(),
  logit: anyNumber,
  posterior: anyNumber,
  height: z.int(),
  width: z.int(),
  /** [height, width], float32 of this machine's order. */
  values: bytes,
  /** Of the map over the input, between which the colours run. */
  least: anyNumber,
  greatest: anyNumber,
  /** What the net saw as PNG, the map over it, and half of each. */
  input: bytes,
  heat: bytes,
  overlay: bytes,
};

export const answerSchema = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('receptiveFields'),
    layers: z.array(z.strictObject({ name: z.string(), ...receptiveField })),
  }),
  z.strictObject({
    about: z.literal('activity'),
    /** The central crop as PNG, before the mean was subtracted. */
    input: bytes,
    side: z.int(),
    layers: z.array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(layerKinds),
        shape,
        ...statistics,
        deadMaps: z.int(),
        receptiveField: z.strictObject(receptiveField),
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
  z.strictObject({ about: z.literal('gradCam'), layer: z.string(), ...classMap }),
  z.strictObject({ about: z.literal('occlusion'), side: z.int(), stride: z.int(), ...classMap }),
  z.strictObject({
    about: z.literal('ascent'),
    images: z.array(
      z.strictObject({
        unit: z.int(),
        start: anyNumber,
        end: anyNumber,
        width: z.int(),
        height: z.int(),
        /** As PNG. */
        picture: bytes,
      }),
    ),
  }),
  z.strictObject({
    about: z.literal('effectiveField'),
    /** Looked at. */
    images: z.int(),
    crop: z.int(),
    side: z.number(),
    computed: z.strictObject({ side: z.int(), region }),
    /** As PNG. */
    picture: bytes,
  }),
  z.strictObject({
    about: z.literal('topImages'),
    /** Looked at. */
    images: z.int(),
    found: z.array(
      z.strictObject({
        /** Place among the images given. */
        image: z.int(),
        value: z.number(),
        row: z.int(),
        column: z.int(),
        region,
        /** That part of the input as PNG. */
        patch: bytes,
      }),
    ),
  }),
]);
export type Answer = z.infer<typeof answerSchema>;
/** One kind of question. */
export type About<Kind extends Question['about']> = Extract<Question, { about: Kind }>;
export type AnswerTo<Asked extends Question> = Extract<Answer, { about: Asked['about'] }>;
