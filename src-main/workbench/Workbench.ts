import { provideEngine } from '../engine/provision/provideEngine.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { RunLog } from '../runs/RunLog.ts';
import { ActiveStudy } from '../studies/ActiveStudy.ts';
import { ActiveRun, type RunServices } from '../supervisor/ActiveRun.ts';
import type { StartTrainer } from '../supervisor/TrainerLink.ts';

export interface WorkbenchOptions {
  /** Folder of the database and the runs. */
  home: string;
  startTrainer: StartTrainer;
}

/** One open data folder and what is going on in it. The handlers of the API share it. */
export class Workbench {
  readonly home: string;
  readonly startTrainer: StartTrainer;
  /** Also those that have ended here, so that whoever asks late, or a moment too late, still hears how. */
  readonly #runs = new Map<string, ActiveRun>();
  readonly #studies = new Map<string, ActiveStudy>();
  #log: RunLog | undefined;

  constructor({ home, startTrainer }: WorkbenchOptions) {
    this.home = home;
    this.startTrainer = startTrainer;
  }

  /** The log, opened when first needed: `describe` and `doctor` make no folder. */
  get log(): RunLog {
    this.#log ??= new RunLog(this.home);
    return this.#log;
  }

  async services(): Promise<RunServices> {
    return { log: this.log, engine: await provideEngine(), startTrainer: this.startTrainer };
  }

  /** @throws WorkbenchError `run-busy` if it is under way, here or elsewhere */
  async startRun(id: string, scaleSets: readonly (readonly number[])[]): Promise<void> {
    const services = await this.services();
    if (this.log.runs.get(id).status === 'running') throw busy(`Run ${id}`);
    this.#follow(new ActiveRun(services, id, scaleSets));
  }

  /** @throws WorkbenchError `run-busy` if it is under way, here or elsewhere */
  async startStudy(id: string): Promise<void> {
    const services = await this.services();
    if (this.log.studies.get(id).status === 'running') throw busy(`Study ${id}`);
    const study = new ActiveStudy(services, id, (run) => {
      this.#follow(run);
    });
    this.#studies.set(id, study);
  }

  activeRun(id: string): ActiveRun {
    const run = this.#runs.get(this.log.runs.resolve(id));
    if (run) return run;
    throw notActive(`Run ${id}`);
  }

  activeStudy(id: string): ActiveStudy {
    const study = this.#studies.get(this.log.studies.resolve(id));
    if (study) return study;
    throw notActive(`Study ${id}`);
  }

  /** Stops what is under way, each after a checkpoint, and closes the log. */
  async close(): Promise<void> {
    for (const study of this.#studies.values()) study.stop();
    for (const run of this.#runs.values()) run.stop();
    await Promise.all([...this.#studies.values(), ...this.#runs.values()].map(({ ended }) => ended));
    this.#log?.close();
    this.#log = undefined;
  }

  #follow(run: ActiveRun): void {
    this.#runs.set(run.id, run);
  }
}

function busy(what: string): WorkbenchError {
  return new WorkbenchError(
    'run-busy',
    `${what} is under way already.`,
    'Wait until it has ended, or stop it.',
  );
}

function notActive(what: string): WorkbenchError {
  return new WorkbenchError(
    'run-not-active',
    `${what} is not under way here.`,
    'Resume it to watch or stop it.',
  );
}
