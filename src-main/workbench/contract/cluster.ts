import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { namedClusterSchema } from '../../launch/clusters.ts';
import type { ProbeEvent } from '../../launch/check/checkCluster.ts';
import type { ClusterJob } from '../../launch/jobsOf.ts';
import type { StudyEvent } from '../../studies/ActiveStudy.ts';
import { answer, id } from './answer.ts';

export type { ProbeEvent, ClusterJob };

/** A submission that is not over. */
export interface ClusterSubmission {
  /** Of a study or of a run. */
  id: string;
  kind: 'study' | 'run';
  cluster: string;
  runs: number;
}

/** Where a study or run is trained instead of here, and what it asks for there. */
export const on = namedClusterSchema;

/** Studies and runs on clusters. Ids are those of studies, or of runs that were submitted by themselves. */
export const clusterContract = {
  /** Sends a probe job and reports what it finds. */
  check: oc.input(z.strictObject({ name: z.string() })).output(eventIterator(answer<ProbeEvent>())),
  list: oc.output(answer<ClusterSubmission[]>()),
  /** Each run of a submission, as the scheduler has it now. */
  jobs: oc.input(id).output(answer<ClusterJob[]>()),
  /** Attaches to a submission: its scheduler is asked how it goes, and what was lost is submitted again. */
  attach: oc.input(id).output(answer<undefined>()),
  /** Attaches to a submission and reports how it goes. */
  watch: oc.input(id).output(eventIterator(answer<StudyEvent>())),
  /** Leaves a submission to the cluster. */
  detach: oc.input(id).output(answer<undefined>()),
  /** Takes a submission back: after a checkpoint, however long that takes; with `now`, as the scheduler cancels jobs. */
  end: oc.input(z.strictObject({ ...id.shape, now: z.boolean() })).output(answer<undefined>()),
};
