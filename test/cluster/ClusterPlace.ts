import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { readEvaluations } from '../../src-main/runs/folder/evaluationsFile.ts';
import { Place, smallNet, type Cli } from '../hosts/cli/support.ts';
import { runOf } from '../support/killing.ts';
import { differences, losses } from '../support/sameTraining.ts';
import { until } from '../support/until.ts';
import type { Slurm } from './slurm/Slurm.ts';

/** A net that trains for some ten seconds, with many checkpoints. */
export const training = [
  ...['train', ...smallNet, '--data', 'images', '--batch', '10', '--epochs', '40'],
  ...['training.threads=1', 'training.checkpointSeconds=0.5'],
];

export const eventSchema = z.looseObject({ type: z.string(), token: z.string() });

/** Settings for tests: short times, and questions to Slurm every half second. */
const settings = {
  scheduler: 'slurm',
  cpus: 1,
  memory: '3G',
  time: '00:10:00',
  lead: 60,
  look: 0.5,
  patience: 15,
  settle: 4,
};

/** A data folder with a cluster `test`, and what was given to it. */
export class ClusterPlace {
  readonly place: Place;
  readonly home: string;
  /** The same folder, read without a mount that believes what it saw. */
  readonly #real: string;

  private constructor(place: Place, home: string, slurm: Slurm, changes: Record<string, unknown>) {
    this.place = place;
    this.home = home;
    const real = join(slurm.folder, 'real');
    this.#real = existsSync(real) ? home.replace(slurm.shared, real) : home;
    Object.assign(place.environment, slurm.environment, { VGG_HOME: home });
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'clusters.yaml'), JSON.stringify({ test: { ...settings, ...changes } }));
  }

  /** @param at where the data folder is; by default the place's own */
  static async make(
    slurm: Slurm,
    { at, ...changes }: Record<string, unknown> & { at?: string } = {},
  ): Promise<ClusterPlace> {
    const place = await Place.make();
    await place.dataset({ train: 6, val: 2 });
    return new ClusterPlace(place, at ?? place.home, slurm, changes);
  }

  /** Trains the same run here, undisturbed. @returns its id */
  async undisturbed(command: readonly string[] = training): Promise<string> {
    const cli = this.place.start(...command, '--json');
    const run = await runOf(cli);
    const { code, stderr } = await cli.ended;
    expect(stderr, stderr).not.toContain('Error');
    expect(code).toBe(0);
    return run;
  }

  /** Gives a training to the cluster and stays attached. */
  async submit(...words: string[]): Promise<{ cli: Cli; run: string }> {
    const cli = this.place.start(...training, '--on', 'test', ...words, '--json');
    return { cli, run: await runOf(cli) };
  }

  jobFile(run: string, name: string): string {
    return join(this.home, 'cluster', 'runs', run, name);
  }

  events(run: string): z.infer<typeof eventSchema>[] {
    const path = this.jobFile(run, 'events.jsonl');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => eventSchema.parse(JSON.parse(line)));
  }

  count(run: string, type: string): number {
    return this.events(run).filter((event) => event.type === type).length;
  }

  /** Waits for so many events of a kind in all. */
  async reaches(run: string, type: string, count = 1): Promise<void> {
    await until(() => this.count(run, type) >= count);
  }

  runFile(run: string, ...names: string[]): string {
    return join(this.#real, 'runs', run, ...names);
  }

  /** Weights, velocities, metrics and evaluations of both are the same, to the last bit. */
  expectSame(run: string, other: string): void {
    for (const kind of ['last', 'best']) {
      const file = ['checkpoints', `${kind}.safetensors`];
      expect(differences(this.runFile(run, ...file), this.runFile(other, ...file))).toEqual([]);
    }
    expect(losses(this.runFile(run, 'metrics.csv'))).toEqual(losses(this.runFile(other, 'metrics.csv')));
    const scored = (id: string) =>
      readEvaluations(this.runFile(id, 'evaluations.csv')).map(
        ({ seconds: _seconds, createdAt: _createdAt, ...evaluation }) => evaluation,
      );
    expect(scored(run)).not.toEqual([]);
    expect(scored(run)).toEqual(scored(other));
  }
}
