/** A training as the schedule sees it. */
export interface Task {
  key: string;
  dependsOn: string | null;
  seconds: number;
}

/** A graph of trainings on so many processors. */
export interface Schedule {
  processors: number;
  seconds: number;
  /** How many times as fast as one after the other. */
  speedUp: number;
}

/**
 * How long trainings take on so many processors, if each that is ready starts as soon as one is free, in their order. This is
 * what a scheduler does with a study's jobs where nobody else waits.
 *
 * @param tasks each after the one it depends on
 */
export function scheduleOn(tasks: readonly Task[], processors: number): Schedule {
  const endsAt = new Map<string, number>();
  const waiting = [...tasks];
  const running: { key: string; end: number }[] = [];
  let now = 0;
  while (waiting.length > 0 || running.length > 0) {
    const next = waiting.findIndex(
      ({ dependsOn }) => dependsOn === null || (endsAt.get(dependsOn) ?? Infinity) <= now,
    );
    const [task] = next >= 0 && running.length < processors ? waiting.splice(next, 1) : [];
    if (task) {
      running.push({ key: task.key, end: now + task.seconds });
      continue;
    }
    running.sort((one, other) => one.end - other.end);
    const ended = running.shift();
    if (!ended) throw new Error(`${waiting[0]?.key ?? ''} depends on what is not in the plan`);
    now = ended.end;
    endsAt.set(ended.key, now);
  }
  const inARow = tasks.reduce((sum, { seconds }) => sum + seconds, 0);
  return { processors, seconds: now, speedUp: now === 0 ? 1 : inARow / now };
}

/** The chain of trainings, each from the one before, that takes longest: no number of processors makes it shorter. */
export function longestChain(tasks: readonly Task[]): { keys: string[]; seconds: number } {
  const chains = new Map<string, { keys: string[]; seconds: number }>();
  let longest: { keys: string[]; seconds: number } = { keys: [], seconds: 0 };
  for (const { key, dependsOn, seconds } of tasks) {
    const before = (dependsOn === null ? undefined : chains.get(dependsOn)) ?? { keys: [], seconds: 0 };
    const chain = { keys: [...before.keys, key], seconds: before.seconds + seconds };
    chains.set(key, chain);
    if (chain.seconds > longest.seconds) longest = chain;
  }
  return longest;
}
