import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { ownerAlive } from '../../../src-main/runs/owner.ts';
import type { StartTrainer } from '../../../src-main/supervisor/TrainerLink.ts';
import type { TrainingEvent } from '../../../src-main/training/events.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { stoppedAt } from '../../support/stoppedTrainer.ts';
import { trainerHere } from '../../support/trainerHere.ts';
import { until } from '../../support/until.ts';
import { performHere } from './performHere.ts';

const packageFolder = join(import.meta.dirname, '..', '..', '..');
export const launcher = join(packageFolder, 'src-main', 'hosts', 'cli', 'launch.js');

export type Json = Record<string, unknown>;

export interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

/** A running command line. Its events can be awaited while it goes. */
export class Cli {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly events: Json[] = [];
  readonly #waiting = new Set<() => void>();
  #stdout = '';
  #stderr = '';
  #over = false;

  constructor(child: ChildProcess) {
    this.process = child;
    if (!child.stdout || !child.stderr) throw new Error('The output is piped.');
    createInterface(child.stdout).on('line', (line) => {
      this.#stdout += `${line}\n`;
      if (line.startsWith('{')) this.events.push(z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
      this.#wake();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#wake();
    });
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#over = true;
        this.#wake();
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** The first event that is so, waiting for it. @throws if the process ends without one */
  event(isSo: (event: Json) => boolean): Promise<Json> {
    return this.#find(() => this.events.find(isSo));
  }

  /** Waits until it has said something to the person. @throws if the process ends without it */
  async said(text: string): Promise<void> {
    await this.#find(() => this.#stderr.includes(text) || undefined);
  }

  /** The number of its trainer's process, waiting for one that it starts. */
  async trainer(): Promise<number> {
    const own = ['-o', 'pid=,args=', '--ppid', String(this.process.pid)];
    let pid: string | undefined;
    await until(() => {
      const { stdout } = spawnSync('ps', own, { encoding: 'utf8' });
      pid = /^\s*(\d+) .*trainer\/main/m.exec(stdout)?.[1];
      return pid !== undefined;
    });
    return Number(pid);
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  async #find<Found>(find: () => Found | undefined): Promise<Found> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.#over) throw new Error(`It ended without what was awaited:\n${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** A data folder of its own with the engine of this machine, gone after the test. */
export class Place {
  readonly folder = mkdtempSync(join(realpathSync(tmpdir()), 'vgg-cli-'));
  readonly home = join(this.folder, 'home');
  readonly environment: NodeJS.ProcessEnv;
  /** Of commands that are performed in this process; by default a process each. */
  readonly startTrainer: StartTrainer | undefined;

  private constructor(engine: { addon: string; libraryFolder: string }, trainers?: 'here') {
    this.startTrainer = trainers && trainerHere;
    const cache = join(this.folder, 'cache');
    mkdirSync(cache);
    const addon = dirname(engine.addon);
    symlinkSync(addon, join(cache, basename(addon)), 'dir');
    this.environment = {
      ...process.env,
      VGG_HOME: this.home,
      VGG_CACHE: cache,
      VGG_TENSORFLOW: engine.libraryFolder,
    };
    onTestFinished(() => {
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  /** @param options.trainers where commands train that are performed in this process; by default in processes */
  static async make({ trainers }: { trainers?: 'here' } = {}): Promise<Place> {
    return new Place(await testEngineFiles(), trainers);
  }

  start(...words: string[]): Cli {
    const child = spawn(process.execPath, [launcher, ...words], {
      cwd: this.folder,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return new Cli(child);
  }

  /** The same through npm, as a terminal starts it: a process group of its own. */
  startNpm(...words: string[]): Cli {
    const ownScript = {
      INIT_CWD: undefined,
      npm_lifecycle_event: undefined,
      npm_config_local_prefix: undefined,
    };
    const child = spawn('npm', ['--prefix', packageFolder, 'run', '-s', 'vgg', '--', ...words], {
      cwd: this.folder,
      env: { ...this.environment, ...ownScript },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    onTestFinished(() => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    });
    return new Cli(child);
  }

  async run(...words: string[]): Promise<Ended> {
    return await performHere(this, words);
  }

  /** Trains until an event of the training is so, and is interrupted then. @returns the run */
  async interrupted(isSo: (event: TrainingEvent) => boolean, ...words: string[]): Promise<string> {
    const { folder, environment } = this;
    const surroundings = { folder, environment, startTrainer: stoppedAt(isSo) };
    const { code, stdout, stderr } = await performHere(surroundings, [...words, '--json']);
    if (code !== 130) throw new Error(`Exit code ${code}: ${stdout}${stderr}`);
    return z.object({ run: z.string() }).parse(JSON.parse(lastLine(stdout))).run;
  }

  /** What a command answers with `--json`: its last line. @throws if it fails */
  async answer(...words: string[]): Promise<unknown> {
    const ended = await this.run(...words, '--json');
    if (ended.code !== 0) throw new Error(`Exit code ${ended.code ?? ''}: ${ended.stdout}${ended.stderr}`);
    return JSON.parse(lastLine(ended.stdout));
  }

  runFile(id: string, ...names: string[]): string {
    return join(this.home, 'runs', id, ...names);
  }

  /** The process that trains a run, as its log tells. */
  trainerOf(id: string): number | undefined {
    const log = readFileSync(this.runFile(id, 'log.txt'), 'utf8');
    const pid = [...log.matchAll(/trainer started, process (\d+)/g)].at(-1)?.[1];
    return pid === undefined ? undefined : Number(pid);
  }

  /** An image folder of ten classes, told apart by colour: `CLASS/N.png`, 40 pixels and more a side. */
  async dataset({ train = 4, val = 1 }: { train?: number; val?: number } = {}): Promise<string> {
    const root = join(this.folder, 'images');
    for (const [split, count] of Object.entries({ train, val })) {
      for (let label = 0; label < 10; label++) {
        const folder = join(root, split, `class${label}`);
        mkdirSync(folder, { recursive: true });
        for (let index = 0; index < count; index++) {
          writeFileSync(join(folder, `${split}${index}.png`), await picture(label, index));
        }
      }
    }
    return root;
  }
}

export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

function picture(label: number, index: number): Promise<Buffer> {
  const [width, height] = [40 + (index % 3), 40 + ((index + 1) % 4)];
  const background = { r: 25 * label, g: 250 - 20 * label, b: (60 * index + 10 * label) % 256 };
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A net that trains in a moment, its few images prepared by one thread: each takes as long to start as they do. */
export const smallNet = [
  '--config',
  'A',
  '--crop',
  '32',
  '--width',
  '0.03125',
  '--train-scale',
  '36',
  '--test-scale',
  '36',
  'data.workers=1',
];

export function isAlive(pid: number): boolean {
  return ownerAlive({ pid, host: hostname(), started: null }, null);
}

export const errorLineSchema = z.object({
  error: z.strictObject({ code: z.string(), message: z.string(), nextStep: z.string() }),
});
