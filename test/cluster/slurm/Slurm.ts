import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until.ts';

const programs = ['/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/sbin/munged', '/usr/bin/sbatch'];

/** Whether a Slurm can be started here. */
export const hasSlurm = programs.every((path) => existsSync(path));
/** Whether its nodes can have mounts of their own, as stale as a network file system may be. */
export const hasStaleMounts =
  hasSlurm && existsSync('/usr/bin/bindfs') && existsSync('/dev/fuse') && process.getuid?.() === 0;

interface SlurmOptions {
  nodes: number;
  /** Of slurmctld; the nodes have the next ones. */
  port: number;
  /** As start.sh explains them. */
  settings?: Record<string, string>;
}

/** A real Slurm in a folder of its own, its nodes on this machine. */
export class Slurm {
  readonly folder: string;
  readonly environment: { SLURM_CONF: string };

  constructor({ nodes, port, settings = {} }: SlurmOptions) {
    this.folder = mkdtempSync(join(realpathSync(tmpdir()), 'vgg-slurm-'));
    this.environment = { SLURM_CONF: join(this.folder, 'slurm.conf') };
    execFileSync(join(import.meta.dirname, 'start.sh'), [this.folder, String(nodes), String(port)], {
      env: { ...process.env, ...settings },
      // What it starts keeps no pipe open.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /** A folder that each node sees through a mount of its own, if there are any. */
  get shared(): string {
    return join(this.folder, 'shared');
  }

  /** What a program of Slurm prints; empty if it fails, as it does while the controller is down. */
  ask(program: string, ...words: string[]): string {
    const { stdout } = spawnSync(program, words, {
      encoding: 'utf8',
      env: { ...process.env, ...this.environment },
    });
    return stdout.trim();
  }

  /** Jobs that are not over: `ID STATE NODE`. */
  jobs(): { id: string; state: string; node: string }[] {
    const lines = this.ask('squeue', '--noheader', '--format=%A|%T|%N').split('\n').filter(Boolean);
    return lines.map((line) => {
      const [id = '', state = '', node = ''] = line.split('|');
      return { id, state, node };
    });
  }

  /** Kills a daemon at once: `slurmctld`, `slurmd.n1`. */
  kill(daemon: string): void {
    process.kill(Number(readFileSync(join(this.folder, 'run', `${daemon}.started`), 'utf8')), 'SIGKILL');
  }

  /** The processes of a job on its first node: the step, the batch script, and what that has started. */
  processesOf(job: string): number[] {
    return this.#processesOf(job, 'batch').map(({ pid }) => pid);
  }

  /** The trainers that a job has started by srun on its other nodes. */
  trainersElsewhere(job: string): number[] {
    const found = this.#processesOf(job, '[0-9]+').filter(({ args }) => args.includes('trainer/main'));
    return found.map(({ pid }) => pid);
  }

  #processesOf(job: string, step: string): { pid: number; args: string }[] {
    const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .flatMap((match) =>
        match ? [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] ?? '' }] : [],
      );
    const daemon = new RegExp(`^slurmstepd: \\[${job}\\.${step}\\]`);
    const found = table.filter(({ args }) => daemon.test(args));
    // An array that grows is walked to its new end.
    for (const known of found) found.push(...table.filter(({ parent }) => parent === known.pid));
    return found;
  }

  /** Lets processes go on that were stopped. A signal of Slurm's may have done so before, and one may have ended since. */
  resume(pids: readonly number[]): void {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It has ended.
      }
    }
  }

  /** Starts a daemon again that was killed. */
  start(daemon: string): void {
    const [program = '', node] = daemon.split('.');
    const words = node === undefined ? `${program} -D` : `${program} -D -N ${node}`;
    const { run, log } = { run: join(this.folder, 'run'), log: join(this.folder, 'log') };
    execFileSync(
      'bash',
      [
        '-c',
        `/usr/sbin/${words} >> "$1/${daemon}.out" 2>&1 < /dev/null & echo $! > "$2/${daemon}.started"`,
        'bash',
        log,
        run,
      ],
      { env: { ...process.env, ...this.environment }, stdio: 'ignore' },
    );
  }

  /** Waits until all nodes can take jobs and none has one. */
  async isIdle(): Promise<void> {
    await until(() => {
      const states = this.ask('sinfo', '--noheader', '--Node', '--format=%T', '--partition=low').split('\n');
      return states.every((state) => state === 'idle') && this.jobs().length === 0;
    });
  }

  stop(): void {
    spawnSync(join(import.meta.dirname, 'stop.sh'), [this.folder], { stdio: 'ignore' });
  }
}
