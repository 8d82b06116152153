import { watch } from 'node:fs';
import { z } from 'zod';
import type { Draws } from '../../src-main/foundation/random.ts';
import { isAlive, type Cli, type Place } from '../hosts/cli/support.ts';
import { differences, losses } from './sameTraining.ts';

/** What SIGKILL hits: the command line, its trainer, or both at once. */
export const victims = ['command line', 'trainer', 'both'] as const;
export type Victim = (typeof victims)[number];

/** One kill, after so many changes to the run's files: moments that a slower machine comes to as well, some amid a write. */
export interface Kill {
  victim: Victim;
  changes: number;
}

export async function runOf(cli: Cli): Promise<string> {
  const { run } = await cli.event(({ type }) => type === 'run');
  return z.string().parse(run);
}

/** Counts the changes to a run's files from now on. */
export class ChangeCount {
  #seen = 0;
  #least = Infinity;
  #tell: () => void = () => undefined;
  readonly #watcher;

  constructor(folder: string) {
    this.#watcher = watch(folder, { recursive: true }, () => {
      if (++this.#seen >= this.#least) this.#tell();
    });
  }

  get seen(): number {
    return this.#seen;
  }

  /** Comes after so many changes in all. */
  reaches(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#least = count;
      this.#tell = resolve;
      if (this.#seen >= count) resolve();
    });
  }

  close(): void {
    this.#watcher.close();
  }
}

/** A training from its start to its end, and how many changes it makes to its files. */
export async function undisturbed(
  place: Place,
  command: readonly string[],
): Promise<{ run: string; changes: number; end: unknown }> {
  const cli = place.start(...command);
  const run = await runOf(cli);
  const changes = new ChangeCount(place.runFile(run));
  const { code, stderr } = await cli.ended;
  changes.close();
  if (code !== 0) throw new Error(stderr);
  return { run, changes: changes.seen, end: cli.events.at(-1) };
}

/**
 * The same training, killed and resumed again and again. Where it ends before a kill is due, it is left at that.
 *
 * @param most the latest a kill may come, in changes since the start or the last resume
 */
export async function killedAgainAndAgain(
  place: Place,
  command: readonly string[],
  { draws, kills, most }: { draws: Draws; kills: readonly Victim[]; most: number },
): Promise<{ run: string; kills: Kill[]; end: unknown }> {
  let cli = place.start(...command);
  const run = await runOf(cli);
  const done: Kill[] = [];
  for (const victim of kills) {
    const changes = Math.ceil(draws.uniform() * most);
    const count = new ChangeCount(place.runFile(run));
    await Promise.race([count.reaches(changes), cli.ended]);
    count.close();
    const trainer = place.trainerOf(run);
    if (victim !== 'trainer') cli.kill('SIGKILL');
    if (victim !== 'command line' && trainer !== undefined && isAlive(trainer))
      process.kill(trainer, 'SIGKILL');
    const { code } = await cli.ended;
    if (code === 0) return { run, kills: done, end: cli.events.at(-1) };
    done.push({ victim, changes });
    cli = place.start('resume', run, '--json');
  }
  const { code, stderr } = await cli.ended;
  if (code !== 0) throw new Error(stderr);
  return { run, kills: done, end: cli.events.at(-1) };
}

/** In what a killed run differs from an undisturbed one: weights, velocities, kept epochs, and rows that are not times. */
export function differencesBetween(
  place: Place,
  run: string,
  expected: string,
  files: readonly string[],
): string[] {
  const of = (id: string, name: string) => place.runFile(id, name);
  const weights = files.flatMap((name) => {
    const path = `checkpoints/${name}.safetensors`;
    const velocities = !name.startsWith('epoch-');
    return differences(of(run, path), of(expected, path), { velocities }).map(
      (tensor) => `${name}: ${tensor}`,
    );
  });
  const rows =
    JSON.stringify(losses(of(run, 'metrics.csv'))) === JSON.stringify(losses(of(expected, 'metrics.csv')));
  return rows ? weights : [...weights, 'metrics.csv'];
}
