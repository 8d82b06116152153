import { z } from 'zod';
import { claimKinds } from '../vocabulary/claims.ts';
import { configurations, type Configuration } from '../vocabulary/configurations.ts';
import { tableNumbers } from '../vocabulary/paperTables.ts';
import { protocols } from '../vocabulary/protocols.ts';
import { parseTrainScale, testScalesSchema, type TrainScale } from '../vocabulary/scales.ts';

const words = z.string().min(1).max(2000);

const isNet = (name: string): name is Configuration => configurations.includes(name as Configuration);

/** `D`, or `D+E` for the mean of their posteriors. */
const netsSchema = z.string().transform((text, context): Configuration[] => {
  const names = text.split('+');
  const nets = names.filter(isNet);
  if (nets.length === names.length) return nets;
  context.addIssue({
    code: 'custom',
    message: `there is no net ${text}; nets are ${configurations.join(', ')}`,
  });
  return z.NEVER;
});

/** `256`, or `256-512`. */
const scaleSchema = z.union([z.int(), z.string()]).transform((given, context): TrainScale => {
  const scale = parseTrainScale(String(given));
  if (scale !== undefined) return scale;
  context.addIssue({ code: 'custom', message: 'S is a number, or a range such as 256-512' });
  return z.NEVER;
});

/** What the paper printed for a side: a top-1 error in %, or a count. */
const paper = z.number().optional();

/**
 * A net trained at S and scored in one way, S and Q at the paper's crop. With a table, Q and the protocol are those of its
 * row; in Tables 3 and 4 the protocol is the study's.
 */
const cellSchema = z.strictObject({
  net: netsSchema,
  S: scaleSchema,
  table: z.literal(tableNumbers).optional(),
  Q: testScalesSchema.optional(),
  protocol: z.enum(protocols).optional(),
  label: words.optional(),
  paper,
});

/** A training of a study that compares, by its own evaluation. */
const trainingSchema = z.strictObject({
  comparison: z.string().regex(/^[\w-]+$/),
  run: z.string().regex(/^[\w-]+(\/[\w-]+)?$/),
  label: words.optional(),
  paper,
});

/** One run, by its own evaluation. */
const runSchema = z.strictObject({ id: z.string().min(1).max(200), label: words.optional(), paper });

/** What is counted: a net at the paper's size, or a stack of convolutional layers of C channels, by their kernels. */
const countedSchema = z.union([
  z.strictObject({ net: z.enum(configurations), label: words.optional(), paper }),
  z.strictObject({ stack: z.array(z.int().min(1).max(99)).min(1).max(20), label: words.optional(), paper }),
]);

const measuredSideSchema = z.union([cellSchema, trainingSchema, runSchema], {
  error: 'a side is {net, S, table}, {net, S, Q, protocol}, {comparison, run} or {id}',
});

const shared = {
  id: z.string().regex(/^[\w][\w.-]{0,99}$/),
  section: z.string().max(40),
  title: words,
  sentence: words,
  why: z.string().max(2000).default(''),
  /** First minus second in points, where the paper gives the difference and not the sides. */
  paperEffect: z.number().optional(),
};

const measured = {
  ...shared,
  /** How a training ended does not matter: what is claimed is that it stalls. */
  stallingCounts: z.boolean().default(false),
};

/** Points of top-1 error, and why so many. */
const margin = z.number().positive().max(100);

/** The first side errs less than the second; with a margin, it errs no more than so much more. */
const lessSchema = z.strictObject({
  ...measured,
  kind: z.literal('less'),
  sides: z.tuple([measuredSideSchema, measuredSideSchema]),
  margin: margin.optional(),
  marginReason: words.optional(),
});

/** The sides differ by less than the margin. */
const equalSchema = z.strictObject({
  ...measured,
  kind: z.literal('equal'),
  sides: z.tuple([measuredSideSchema, measuredSideSchema]),
  margin,
  marginReason: words,
});

/** Each side errs less than the next. */
const orderedSchema = z.strictObject({
  ...measured,
  kind: z.literal('ordered'),
  sides: z.array(measuredSideSchema).min(3).max(20),
});

export const countedQuantities = ['weights', 'relus', 'receptiveField', 'macs'] as const;

/** Follows from the nets alone: the first side has less of a quantity than the second, or as much. */
const computedSchema = z.strictObject({
  ...shared,
  kind: z.literal('computed'),
  quantity: z.enum(countedQuantities),
  relation: z.enum(['less', 'equal']),
  sides: z.tuple([countedSchema, countedSchema]),
});

export const claimSchema = z.discriminatedUnion(
  'kind',
  [lessSchema, equalSchema, orderedSchema, computedSchema],
  {
    error: `the kind is one of ${claimKinds.join(', ')}`,
  },
);
export type Claim = z.infer<typeof claimSchema>;
export type ComputedClaim = z.infer<typeof computedSchema>;
export type MeasuredClaim = Exclude<Claim, ComputedClaim>;
export type CountedSide = z.infer<typeof countedSchema>;
export type MeasuredSide = z.infer<typeof measuredSideSchema>;
export type Cell = z.infer<typeof cellSchema>;

/** A file of claims. */
export const claimsFileSchema = z
  .strictObject({ claims: z.array(claimSchema).min(1).max(500) })
  .superRefine(({ claims }, context) => {
    const ids = claims.map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) !== index)
        context.addIssue({ code: 'custom', message: `two claims are called ${id}` });
    }
  });
