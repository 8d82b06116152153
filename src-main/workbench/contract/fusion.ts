import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Run } from '../../runs/records.ts';
import type { FusedNet, FusionTable } from '../../tables/fusion.ts';
import { protocols } from '../../vocabulary/protocols.ts';
import { answer } from './answer.ts';

/** A run that is fused: how it is to be scored, and whether it was. */
export interface FusionMember extends FusedNet, Pick<Run, 'id' | 'name' | 'colour'> {
  /** Whether the posteriors of that evaluation are kept. Where they are not, `evaluate` makes them. */
  hasPosteriors: boolean;
}

export interface Fusion extends FusionTable {
  nets: readonly FusionMember[];
}

const settings = {
  runs: z.array(z.string()).min(1).max(20),
  /** In place of each run's own. */
  protocol: z.enum(protocols).optional(),
  testScales: z.array(z.int()).min(1).optional(),
};

/** The mean of several runs' posteriors (Sect. 4.4, Table 6). */
export const fusionContract = {
  /** What is kept, fused. Nothing is computed with a net: see `evaluate` for what is lacking. */
  get: oc.input(z.strictObject(settings)).output(answer<Fusion>()),
  render: oc
    .input(z.strictObject({ ...settings, format: z.enum(['csv', 'markdown', 'latex']) }))
    .output(answer<string>()),
};
