import { z } from 'zod';
import { columnKeys } from '../../vocabulary/comparisonColumns.ts';

/** Settings as written in a configuration file; checked as such when a run is made of them. */
const section = z.record(z.string(), z.unknown());

/**
 * One training. It may differ from the others only in its net and how that starts, so that all have the same images,
 * epochs, batches and seeds.
 */
const runSchema = z.strictObject({
  /** `D-7x7`, `A/glorot`. */
  key: z.string().regex(/^[\w-]+(\/[\w-]+)?$/),
  label: z.string().min(1),
  network: section.default({}),
  initialisation: section.default({}),
  /** The earlier run whose weights it starts from, if that is what is compared. */
  from: z.string().optional(),
});

const groupSchema = z.strictObject({
  title: z.string(),
  runs: z.array(z.string()).min(1).max(20),
  /** What the literature says about it, with the place. */
  statement: z.string(),
});

/** Nets that are trained alike and compared: which nets, the question, and the quantities that answer it. */
export const comparisonSchema = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    question: z.string(),
    source: z.string(),
    /** Replaces the preset's settings, for all runs alike. */
    base: z.record(z.string(), section).default({}),
    runs: z.array(runSchema).min(2).max(20),
    groups: z.array(groupSchema).min(1).max(20),
    columns: z.array(z.enum(columnKeys)).min(1).max(columnKeys.length),
    /** The series whose curves are drawn. */
    curve: z.enum(['train/loss', 'val/loss', 'val/top1Error']),
    /** The quantity against which the error is drawn, if any. */
    against: z.enum(['parameters', 'depth', 'macs']).nullable().default(null),
  })
  .superRefine(({ runs, groups }, context) => {
    const keys = runs.map(({ key }) => key);
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
    };
    for (const [index, { key, from }] of runs.entries()) {
      if (keys.indexOf(key) !== index) refuse(`two runs are called ${key}`);
      if (from !== undefined && !keys.slice(0, index).includes(from)) refuse(`no run ${from} before ${key}`);
      if (!groups.some((group) => group.runs.includes(key))) refuse(`no group compares ${key}`);
    }
    for (const run of groups.flatMap((group) => group.runs)) {
      if (!keys.includes(run)) refuse(`there is no run ${run}`);
    }
  });
export type Comparison = z.infer<typeof comparisonSchema>;
