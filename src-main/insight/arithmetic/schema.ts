import { z } from 'zod';
import { layerKinds } from '../../vgg/layers.ts';

/** Includes NaN, which the net of a diverged run produces. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'a number');
/** A value of a map, or null for padding beyond its border. */
const cell = anyNumber.nullable();

/** A square of a map. Its first row and column may lie before the map's. */
const window = { row: z.int(), column: z.int(), side: z.int() };

/** A sum of inputs times weights, and what is added to it. */
const products = z.strictObject({
  by: z.literal('products'),
  /** Of each input channel; a fully-connected layer sees its inputs one by one, in windows of side 1. */
  window: z.strictObject(window).nullable(),
  /** The parts of the sum that count most, the greatest first by their size. */
  parts: z.array(
    z.strictObject({
      channel: z.int(),
      /** Where the values begin in the map of that channel. */
      row: z.int(),
      column: z.int(),
      /** Row by row, as many as weights. */
      values: z.array(cell),
      weights: z.array(anyNumber),
      sum: anyNumber,
    }),
  ),
  /** How many parts there are in all, and what those that are left out add up to. */
  count: z.int(),
  others: anyNumber,
  /** Of all products. */
  sum: anyNumber,
  /** Null where batch normalisation follows, which has one of its own. */
  bias: anyNumber.nullable(),
  /** (sum − mean) / deviation · scale + shift. The deviation includes the constant under the root. */
  normalisation: z
    .strictObject({ mean: anyNumber, deviation: anyNumber, scale: anyNumber, shift: anyNumber })
    .nullable(),
});

/** The greatest value of a window, or the mean. */
const pooled = z.strictObject({
  by: z.enum(['greatest', 'mean']),
  window: z.strictObject(window),
  values: z.array(cell),
});

/** The values of two layers at one place; a shortcut that lacks the channel adds 0. */
const added = z.strictObject({
  by: z.literal('addition'),
  parts: z.array(z.strictObject({ layer: z.string(), value: anyNumber })),
});

/** A value divided by (bias + alpha · squares)^beta, with the sum of squares over neighbouring channels. */
const response = z.strictObject({
  by: z.literal('response'),
  value: anyNumber,
  /** The first channel that is summed over, and the values from it on. */
  first: z.int(),
  neighbours: z.array(anyNumber),
  squares: anyNumber,
  bias: z.number(),
  alpha: z.number(),
  beta: z.number(),
});

/** How the value of one unit comes about, step by step. */
export const unitArithmeticSchema = z.strictObject({
  layer: z.string(),
  kind: z.enum(layerKinds),
  /** The layer whose output it reads; null for the prepared image. */
  reads: z.string().nullable(),
  unit: z.int(),
  row: z.int(),
  column: z.int(),
  step: z.discriminatedUnion('by', [products, pooled, added, response]),
  /** What the step gives, in float64, and the same after the ReLU if the layer has one. */
  before: anyNumber,
  rectified: z.boolean(),
  value: anyNumber,
  /** What the net computed, in float32, and how far rounding may take it from `value`. */
  net: anyNumber,
  tolerance: anyNumber,
  /** The window of the max-pooling behind the layer that the unit is in. */
  pool: z
    .strictObject({
      layer: z.string(),
      row: z.int(),
      column: z.int(),
      window: z.strictObject(window),
      values: z.array(cell),
      greatest: anyNumber,
    })
    .nullable(),
  /** Of the class, if the layer gives the logits. */
  posterior: anyNumber.nullable(),
});
export type UnitArithmetic = z.infer<typeof unitArithmeticSchema>;
export type ArithmeticStep = UnitArithmetic['step'];
