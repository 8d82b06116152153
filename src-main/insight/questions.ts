import { z } from 'zod';
import { runConfigSchema } from '../configuration/schema.ts';
import { layerKinds } from '../vgg/layers.ts';
import { configurations } from '../vocabulary/configurations.ts';
import { averages, protocols } from '../vocabulary/protocols.ts';
import { testScalesSchema } from '../vocabulary/scales.ts';
import { unitArithmeticSchema } from './arithmetic/schema.ts';

/*
 * What can be asked about a checkpoint or a net, and the answers. They pass between the workbench and the process that
 * computes.
 */

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array, 'bytes');
/** Includes NaN, which the net of a diverged run produces. */
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

/** A checkpoint of a run and how its images are prepared; the checkpoint holds the mean. */
const seen = {
  checkpoint: z.string(),
  /** Smallest side to which an image is rescaled before the central crop. */
  scale: z.int(),
  deviation: rgb,
};

export const questionSchema = z.discriminatedUnion('about', [
  z.strictObject({ about: z.literal('receptiveFields'), config: z.enum(configurations) }),
  z.strictObject({
    about: z.literal('startSignal'),
    config: z.enum(configurations),
    width: z.number(),
    crop: z.int(),
    classes: z.int(),
    initialisation: runConfigSchema.shape.initialisation,
    /** Whether the images are divided by the deviation of their colours. */
    standardised: z.boolean(),
    /** Number of images of noise, if there are no sources. */
    images: z.int(),
    sources: z.array(imageSourceSchema),
    seed: z.int(),
  }),
  z.strictObject({ about: z.literal('activity'), ...seen, image: imageSourceSchema }),
  z.strictObject({ about: z.literal('maps'), ...seen, image: imageSourceSchema, layer: z.string() }),
  z.strictObject({
    about: z.literal('unit'),
    ...seen,
    image: imageSourceSchema,
    layer: z.string(),
    unit: z.int(),
    row: z.int(),
    column: z.int(),
  }),
  z.strictObject({ about: z.literal('filters'), checkpoint: z.string(), layer: z.string() }),
  z.strictObject({ about: z.literal('deadUnits'), ...seen, images: z.array(imageSourceSchema) }),
  z.strictObject({
    about: z.literal('gradCam'),
    ...seen,
    image: imageSourceSchema,
    /** Null for the last convolutional one. */
    layer: z.string().nullable(),
    /** Null for the predicted class. */
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
    about: z.literal('scoredWindows'),
    checkpoint: z.string(),
    deviation: rgb,
    image: imageSourceSchema,
    protocols: z.array(z.enum(protocols)),
    testScales: testScalesSchema,
    average: z.enum(averages),
    horizontalFlip: z.boolean(),
    /** A class whose posterior is given in any case; null for none. */
    label: z.int().nullable(),
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
    /** Identifies the set of images: equal for equal sets. */
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
/** Which parts of an image support a class. */
const classMap = {
  label: z.int(),
  logit: anyNumber,
  posterior: anyNumber,
  height: z.int(),
  width: z.int(),
  /** [height, width], float32 in this machine's byte order. */
  values: bytes,
  /** The range of the enlarged map, from the first colour to the last. */
  least: anyNumber,
  greatest: anyNumber,
  /** PNGs: what the net saw, the enlarged map, and a blend of both. */
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
    about: z.literal('startSignal'),
    loss: anyNumber,
    layers: z.array(
      z.strictObject({
        name: z.string(),
        activation: anyNumber,
        gradient: anyNumber.nullable(),
        weight: anyNumber.nullable(),
      }),
    ),
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
  z.strictObject({ about: z.literal('unit'), arithmetic: unitArithmeticSchema }),
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
    about: z.literal('scoredWindows'),
    /** Of the image, in pixels. */
    width: z.int(),
    height: z.int(),
    /** The classes whose posteriors are given, in their order. */
    labels: z.array(z.int()),
    passes: z.array(
      z.strictObject({
        pass: z.enum(protocols).exclude(['multi-crop+dense']),
        testScale: z.int(),
        posteriors: z.array(anyNumber),
        windows: z.array(
          z.strictObject({
            /** In pixels of the image, which are larger or smaller than those of the rescaled one. */
            left: z.number(),
            top: z.number(),
            width: z.number(),
            height: z.number(),
            /** Whether the net saw it mirrored. */
            mirrored: z.boolean(),
            posteriors: z.array(anyNumber),
          }),
        ),
      }),
    ),
    averages: z.array(
      z.strictObject({
        protocol: z.enum(protocols),
        testScales: testScalesSchema,
        posteriors: z.array(anyNumber),
      }),
    ),
  }),
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
    /** Number of images examined. */
    images: z.int(),
    crop: z.int(),
    side: z.number(),
    computed: z.strictObject({ side: z.int(), region }),
    /** As PNG. */
    picture: bytes,
  }),
  z.strictObject({
    about: z.literal('topImages'),
    /** Number of images examined. */
    images: z.int(),
    found: z.array(
      z.strictObject({
        /** Index among the given images. */
        image: z.int(),
        value: z.number(),
        row: z.int(),
        column: z.int(),
        region,
        /** The region as PNG. */
        patch: bytes,
      }),
    ),
  }),
]);
export type Answer = z.infer<typeof answerSchema>;
/** One kind of question. */
export type About<Kind extends Question['about']> = Extract<Question, { about: Kind }>;
export type AnswerTo<Asked extends Question> = Extract<Answer, { about: Asked['about'] }>;
