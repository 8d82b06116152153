import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Run } from '../../runs/records.ts';
import type { FusedNet, FusionTable } from '../../tables/fusion.ts';
import { protocols } from '../../vocabulary/protocols.ts';
import { answer } from './answer.ts';

/** A run in a fusion: how it is to be scored, and whether it has been. */
export interface FusionMember extends FusedNet, Pick<Run, 'id' | 'name' | 'colour'> {
  /** Whether the posteriors of that evaluation are kept. If not, `evaluate` makes them. */
  hasPosteriors: boolean;
}

export interface Fusion extends FusionTable {
  nets: readonly FusionMember[];
}

const settings = {
  runs: z.array(z.string()).min(1).max(20),
  /** The protocol, instead of each run's own. */
  protocol: z.enum(protocols).optional(),
  testScales: z.array(z.int()).min(1).optional(),
};

/** The mean of several runs' posteriors (Sect. 4.4, Table 6). */
export const fusionContract = {
  /** Fuses posteriors that are kept, without running a net; `evaluate` makes those that are missing. */
  get: oc.input(z.strictObject(settings)).output(answer<Fusion>()),
  render: oc
    .input(z.strictObject({ ...settings, format: z.enum(['csv', 'markdown', 'latex']) }))
    .output(answer<string>()),
};
