import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { JudgedClaims } from '../../claims/judged.ts';
import type { PairedComparison } from '../../statistics/paired.ts';
import { tableOptionsSchema } from '../../vocabulary/tableOptions.ts';
import { answer } from './answer.ts';

export type {
  JudgedClaim,
  JudgedClaims,
  JudgedPair,
  JudgedSide,
  MissingWork,
  SideRun,
} from '../../claims/judged.ts';
export type { PairedComparison } from '../../statistics/paired.ts';

const formats = ['csv', 'markdown', 'latex'] as const;

/** Which claims, and of which runs; by default the paper's and a person's own, of the studies that tell most. */
const judged = {
  study: z.string().optional(),
  /** Runs in place of a study's; each is found by its net, its S and the images it was scored on. */
  runs: z.array(z.string()).min(1).max(500).optional(),
  /** The path of a file of claims, in place of the paper's. */
  file: z.string().min(1).optional(),
};

/** What the paper claims, and what runs say of it. */
export const claimsContract = {
  /** Every claim with its verdict. Posteriors and predictions that are kept are read; no net is run. */
  list: oc.input(z.strictObject(judged)).output(answer<JudgedClaims>()),
  /** `options` are those of the paper's tables; what has no meaning for claims is passed over. */
  render: oc
    .input(z.strictObject({ ...judged, format: z.enum(formats), options: tableOptionsSchema.optional() }))
    .output(answer<string>()),
  /** The same in every format, judged once. */
  renderAll: oc
    .input(z.strictObject(judged))
    .output(answer<JudgedClaims & { texts: Record<(typeof formats)[number], string> }>()),
  /**
   * Two runs on the same images, each by its own evaluation; or by `evaluation`, a key of `insight.evaluations` that both
   * have but for the step.
   */
  compare: oc
    .input(z.strictObject({ first: z.string(), second: z.string(), evaluation: z.string().optional() }))
    .output(answer<PairedComparison>()),
  /** Keeps the claim that one run is better than another among a person's own. One of the same name is replaced. */
  save: oc
    .input(
      z.strictObject({
        name: z.string(),
        better: z.string(),
        worse: z.string(),
        sentence: z.string().max(1000).optional(),
      }),
    )
    .output(answer<{ id: string; path: string }>()),
};

/** A study as a file for others to read. */
export const reportsContract = {
  /** One HTML file that needs nothing else; `anonymous` without what could show who made it. */
  render: oc
    .input(z.strictObject({ study: z.string(), anonymous: z.boolean().default(false) }))
    .output(answer<string>()),
};
