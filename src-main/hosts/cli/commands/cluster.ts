import { jobStatusText } from '../../../vocabulary/jobStatus.ts';
import { none } from '../../../vocabulary/none.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Session } from '../Session.ts';
import { showOnCluster } from '../onCluster.ts';
import { textTable } from '../output/textTable.ts';
import type { AddCommand } from './AddCommand.ts';

export const addCluster: AddCommand = (program, session) => {
  const cluster = program
    .command('cluster')
    .description(
      'studies and runs on clusters (see docs/cluster.md): what is there, its jobs, taking it back',
    );

  cluster
    .command('check')
    .description('send a probe job, and say what is right there and what is not')
    .argument('<name>', 'a cluster of clusters.yaml')
    .action((name: string) => check(session, name));

  cluster
    .command('list')
    .description('what is on clusters now')
    .action(async () => {
      const found = await session.client.cluster.list();
      session.result(found, () =>
        textTable(
          ['Id', 'Cluster', 'Runs>'],
          found.map(({ id, cluster: name, runs }) => [id, name, String(runs)]),
        ),
      );
    });

  cluster
    .command('jobs')
    .description('the jobs of a study or run on a cluster, as the scheduler has them now')
    .argument('<id>', 'the id of the study or run')
    .action(async (id: string) => {
      const jobs = await session.client.cluster.jobs({ id });
      const now = Date.now();
      session.result(jobs, () =>
        textTable(
          ['Run', 'Job', 'Attempt>', 'Now'],
          jobs.map(({ key, jobStatus, end }) => [
            key,
            jobStatus.job ?? none,
            String(jobStatus.attempt),
            jobStatus.state === 'over' ? (end ?? 'over') : jobStatusText(jobStatus, now),
          ]),
        ),
      );
    });

  cluster
    .command('cancel')
    .description('take a study or run back from a cluster; it can be submitted again and goes on')
    .argument('<id>', 'the id of the study or run')
    .option('--checkpoint', 'let those that run write a checkpoint first, however long that takes')
    .action((id: string, { checkpoint = false }: { checkpoint?: boolean }) =>
      cancel(session, id, !checkpoint),
    );
};

async function cancel(session: Session, id: string, now: boolean): Promise<void> {
  const { client, progress } = session;
  await client.cluster.end({ id, now });
  const hasEnded = await showOnCluster(session, id, {
    first: 'It is being taken back; Ctrl+C leaves that to the cluster.',
    left: `Its jobs end all the same. See them with: npm run -s vgg -- cluster jobs ${id}`,
  });
  if (!hasEnded) return;
  // That it is interrupted is what was asked for.
  session.exitCode = exitCodes.success;
  const jobs = await client.cluster.jobs({ id });
  const finished = jobs.filter(({ end }) => end === 'finished').length;
  progress.note(
    finished === jobs.length
      ? 'Nothing was left to take back: it has finished.'
      : `Taken back: ${jobs.length - finished} of ${jobs.length}. They can be submitted again with --on NAME, or trained here.`,
  );
}

async function check(session: Session, name: string): Promise<void> {
  const { client, interrupts, progress } = session;
  const stop = new AbortController();
  await interrupts.during(
    () => {
      stop.abort();
    },
    async () => {
      for await (const event of await client.cluster.check({ name }, { signal: stop.signal })) {
        if (event.type === 'waiting') {
          progress.show([event.text]);
          continue;
        }
        const { what, isGood, text } = event.finding;
        session.result(event.finding, () => `${isGood ? 'good' : 'BAD '}  ${what}: ${text}`);
        if (!isGood) session.exitCode = exitCodes.failure;
      }
    },
  );
}
