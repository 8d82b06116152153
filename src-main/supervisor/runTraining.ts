import { availableParallelism } from 'node:os';
import { WorkbenchError } from '../foundation/errors.ts';
import type { TrainJob } from '../trainer/protocol.ts';
import { freeAddresses } from './freeAddresses.ts';
import { runTrainer, type Answer, type TrainerSupervision } from './runTrainer.ts';
import type { StartTrainer } from './TrainerLink.ts';

/** Time for the other processes to say what they noticed, once one has failed; then they are ended. */
const millisecondsToTell = 2000;
/** Time for the others to end, once the leader has. */
const millisecondsToEnd = 30_000;

/**
 * Trains a run in one process, or in as many as its settings ask for.
 *
 * @param findAddresses where these can listen, by rank; all are on this machine unless `start` starts some elsewhere
 * @throws WorkbenchError what a trainer reports, `trainer-died`; of several processes `peer-lost`
 */
export async function runTraining(
  start: StartTrainer,
  job: TrainJob,
  supervision: TrainerSupervision,
  findAddresses: (count: number) => Promise<string[]> = freeAddresses,
): Promise<Answer> {
  const { processes } = job.config.training;
  if (processes === 1) return await runTrainer(start, job, supervision);
  return await new ProcessGroup(start, job, supervision).run(await findAddresses(processes));
}

/** The processes that train one run in step, all started from here. */
class ProcessGroup {
  readonly #start: StartTrainer;
  readonly #job: TrainJob;
  readonly #supervision: TrainerSupervision;
  readonly #end = new AbortController();

  constructor(start: StartTrainer, job: TrainJob, supervision: TrainerSupervision) {
    this.#start = start;
    this.#job = job;
    this.#supervision = supervision;
  }

  /** @returns the answer of the leader */
  async run(addresses: readonly string[]): Promise<Answer> {
    const timers: NodeJS.Timeout[] = [];
    const endOthersIn = (milliseconds: number) => () => {
      timers.push(
        setTimeout(() => {
          this.#end.abort();
        }, milliseconds),
      );
    };
    const members = addresses.map((_, rank) => this.#member(addresses, rank));
    for (const member of members) member.catch(endOthersIn(millisecondsToTell));
    members[0]?.then(endOthersIn(millisecondsToEnd), () => undefined);
    const ends = await Promise.allSettled(members);
    timers.forEach(clearTimeout);
    return this.#outcome(ends);
  }

  #member(addresses: readonly string[], rank: number): Promise<Answer> {
    const { training } = this.#job.config;
    const threads = training.threads ?? Math.max(1, Math.floor(availableParallelism() / addresses.length));
    const { kill, ...supervision } = this.#supervision;
    return runTrainer(
      () => this.#start(threads, rank),
      { ...this.#job, member: { addresses: [...addresses], rank } },
      {
        ...(rank === 0 ? supervision : asFollower(supervision)),
        kill: kill ? AbortSignal.any([kill, this.#end.signal]) : this.#end.signal,
      },
    );
  }

  #outcome(ends: readonly PromiseSettledResult<Answer>[]): Answer {
    const [leader] = ends;
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
    if (leader?.status === 'fulfilled' && (failures.length === 0 || isFinished(leader.value))) {
      return leader.value;
    }
    // One that stopped before training began leaves the others without it.
    const { stop, kill } = this.#supervision;
    if ((stop.aborted || kill?.aborted) && failures.every((error) => codeOf(error) === 'peer-lost')) {
      return { type: 'done', status: 'interrupted' };
    }
    throw reasonOf(failures, ends.length);
  }
}

/** Only the leader reports; of the others, what they print and when they start goes to the log. */
function asFollower({
  onResponsiveness: _,
  lasting,
  ...supervision
}: TrainerSupervision): TrainerSupervision {
  return {
    ...supervision,
    ...(lasting && { lasting: { ...lasting, onStart: () => undefined } }),
    onEvent: () => undefined,
  };
}

function isFinished(answer: Answer): boolean {
  return answer.type === 'done' && answer.status === 'finished';
}

/** Why a group ended: what one reports by itself, rather than that the others noticed it. */
function reasonOf(failures: readonly unknown[], processes: number): unknown {
  const cause = failures.find((error) => !['peer-lost', 'trainer-died'].includes(codeOf(error)));
  if (cause !== undefined) return cause;
  const died = failures.find((error) => codeOf(error) === 'trainer-died');
  if (!(died instanceof WorkbenchError)) return failures[0];
  return new WorkbenchError(
    'peer-lost',
    `One of the ${processes} processes that train in step was lost. ${died.message}`,
    died.nextStep,
    { kind: 'interrupted', cause: died },
  );
}

function codeOf(error: unknown): string {
  return error instanceof WorkbenchError ? error.code : '';
}
