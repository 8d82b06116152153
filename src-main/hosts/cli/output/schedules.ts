import { longestChain, scheduleOn, type Task } from '../../../launch/schedule.ts';
import { durationText } from '../../../vocabulary/durations.ts';
import { textTable } from './textTable.ts';

const counts = [1, 2, 3, 4, 6, 8, 12, 16] as const;
const severalSeeds = 3;

/** A study's graph on so many GPUs, with one seed and with several. */
export function schedulesOf(tasks: readonly Task[]) {
  const repeated = Array.from({ length: severalSeeds }, (_, seed) =>
    tasks.map(({ key, dependsOn, seconds }) => ({
      key: `${key}/${seed}`,
      dependsOn: dependsOn === null ? null : `${dependsOn}/${seed}`,
      seconds,
    })),
  );
  // In turn, as a study has them: the first of each seed, the second of each.
  const several = tasks.flatMap((_, index) => repeated.flatMap((seed) => seed[index] ?? []));
  return {
    longestChain: longestChain(tasks),
    inARow: tasks.reduce((sum, { seconds }) => sum + seconds, 0),
    seeds: severalSeeds,
    rows: counts.map((count) => ({ one: scheduleOn(tasks, count), several: scheduleOn(several, count) })),
  };
}

export function schedulesText(tasks: readonly Task[], cluster: string): string {
  const { longestChain: chain, inARow, seeds, rows } = schedulesOf(tasks);
  const table = textTable(
    ['Jobs at once>', 'Time>', 'Faster>', `${seeds} times as many seeds>`, 'Faster>'],
    rows.map(({ one, several }) => [
      String(one.processors),
      durationText(one.seconds),
      `${one.speedUp.toFixed(2)}×`,
      durationText(several.seconds),
      `${several.speedUp.toFixed(2)}×`,
    ]),
  );
  const most = inARow / chain.seconds;
  const enough = rows.find(({ one }) => one.seconds <= chain.seconds * 1.001)?.one.processors;
  const enoughOfSeveral = rows.find(({ several }) => several.seconds <= chain.seconds * 1.001)?.several
    .processors;
  return [
    `${tasks.length} trainings, ${durationText(inARow)} one after the other at the rate of this machine. On ${cluster} they take`,
    'as long as its nodes need for them, and wait while others come first; how many times faster stays as it is here.',
    '',
    table,
    '',
    `The longest chain, ${chain.keys.join(' → ')}, takes ${durationText(chain.seconds)}: no more than ${most.toFixed(2)}× with so many seeds,` +
      ` ${enough === undefined ? 'not reached here' : `reached with ${enough}`}.`,
    `With ${seeds} times as many seeds, ${(seeds * most).toFixed(2)}×${enoughOfSeveral === undefined ? '' : `, reached with ${enoughOfSeveral}`}: more jobs at once than that do not pay without more seeds.`,
    `What is left over then can train one net in several processes (training.processes), which shortens the chain itself: with two for each training to ${durationText(chain.seconds / 2)} at best, on twice as many GPUs, and less what it takes to exchange gradients. Before that, a second seed takes no longer and tells more.`,
  ].join('\n');
}
