import { WorkbenchError } from '../../foundation/errors.ts';
import { checkCluster, type ProbeEvent } from '../../launch/check/checkCluster.ts';
import { jobsOf } from '../../launch/jobsOf.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { streamOf } from '../streamOf.ts';
import { implementer } from '../implementer.ts';

const { cluster } = implementer;

export const clusterHandlers = cluster.router({
  check: cluster.check.handler(({ input, context: { home }, signal }) =>
    streamOf<ProbeEvent>((emit) => checkCluster(home, input.name, emit, signal)),
  ),

  list: cluster.list.handler(({ context: { submissions } }) =>
    submissions
      .list()
      .map(({ id, kind, cluster: name, runs }) => ({ id, kind, cluster: name, runs: runs.length })),
  ),

  jobs: cluster.jobs.handler(({ input, context: { log } }) => jobsOf(log, resolved(log, input.id))),

  attach: cluster.attach.handler(({ input, context: { log, submissions } }) => {
    submissions.require(resolved(log, input.id));
    return undefined;
  }),

  watch: cluster.watch.handler(({ input, context: { log, submissions } }) =>
    submissions.require(resolved(log, input.id)).events.read(),
  ),

  detach: cluster.detach.handler(({ input, context: { log, submissions } }) => {
    submissions.attached(resolved(log, input.id))?.detach();
    return undefined;
  }),

  end: cluster.end.handler(async ({ input, context: { log, submissions } }) => {
    await submissions.require(resolved(log, input.id)).end(input.now ? 'now' : 'checkpoint');
    return undefined;
  }),
});

/** The whole id of a study, else of a run. @throws WorkbenchError `run-not-found`, `run-ambiguous`, `study-ambiguous` */
function resolved(log: RunLog, requested: string): string {
  try {
    return log.studies.resolve(requested);
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'study-not-found')
      return log.runs.resolve(requested);
    throw error;
  }
}
