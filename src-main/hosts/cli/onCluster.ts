import { InvalidArgumentError, type Command } from 'commander';
import { defined } from '../../foundation/defined.ts';
import { submissionOptionsSchema, clusterNamed } from '../../launch/clusters.ts';
import { showStudy } from './followStudy.ts';
import { exitCodes } from './exitCodes.ts';
import type { Session } from './Session.ts';

/** The options of every command that can give its work to a cluster. */
export interface ClusterOptions {
  on?: string;
  detach?: boolean;
  time?: string;
  gpus?: number;
  sbatch?: string;
}

const needOn = ['detach', 'time', 'gpus', 'sbatch'] as const satisfies (keyof ClusterOptions)[];

/** Options without `--on` are refused: the work would be done here, which nobody has asked for. */
export function addClusterOptions(command: Command): Command {
  return command
    .hook('preAction', (_, action) => {
      const given = action.opts<ClusterOptions>();
      const lone = given.on === undefined ? needOn.find((name) => given[name] !== undefined) : undefined;
      if (lone !== undefined) action.error(`error: --${lone} needs --on NAME, the cluster`);
    })
    .option('--on <NAME>', 'give everything to a cluster of clusters.yaml at once (see docs/cluster.md)')
    .option('--detach', 'with --on: end once it is submitted')
    .option('--time <LIMIT>', "with --on: each job's time limit, such as 12:00:00", readTimeLimit)
    .option('--gpus <COUNT>', 'with --on: GPUs of each job', readCount)
    .option('--sbatch <OPTIONS>', "with --on: more options for sbatch, such as '--constraint=a100'");
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError('It is a whole number.');
}

function readTimeLimit(text: string): string {
  const { success } = submissionOptionsSchema.shape.time.safeParse(text);
  if (success) return text;
  throw new InvalidArgumentError('It is minutes, hours:minutes:seconds, or days-hours:minutes:seconds.');
}

/**
 * Where the work goes and what it asks for there; undefined to stay here.
 *
 * @throws WorkbenchError `cluster-unknown`, `clusters-unreadable`: before anything is made
 */
export function targetOf({ home }: Session, { on, time, gpus, sbatch }: ClusterOptions) {
  if (on === undefined) return undefined;
  clusterNamed(home, on);
  return { cluster: on, ...defined({ time, gpus, sbatch }) };
}

/**
 * Shows what was submitted until it has ended. Ctrl+C leaves it to the cluster.
 *
 * @param again the command that attaches to it again
 * @returns whether it has ended
 */
export async function followOnCluster(
  session: Session,
  { id, cluster, again, detach }: { id: string; cluster: string; again: string; detach: boolean },
): Promise<boolean> {
  const { progress } = session;
  const left = `It goes on on ${cluster}. Attach again with: ${again}`;
  if (detach) {
    session.result({ id, cluster }, () => `Submitted to ${cluster}: ${id}`);
    progress.note(left);
    return false;
  }
  return showOnCluster(session, id, { first: `On ${cluster}; Ctrl+C leaves it there.`, left });
}

/**
 * Shows what is on a cluster until it has ended, or until Ctrl+C.
 *
 * @param notes what is said at first, and when it is left
 * @returns whether it has ended
 */
export async function showOnCluster(
  session: Session,
  id: string,
  { first, left }: { first: string; left: string },
): Promise<boolean> {
  const { client, interrupts, progress } = session;
  progress.note(first);
  const hasEnded = await interrupts.during(
    () => client.cluster.detach({ id }),
    async () => showStudy(session, await client.cluster.watch({ id })),
  );
  if (hasEnded) return true;
  progress.clear();
  progress.note(left);
  session.exitCode = exitCodes.interrupted;
  return false;
}
