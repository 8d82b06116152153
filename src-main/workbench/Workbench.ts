import { join } from 'node:path';
import { findEngine } from '../engine/provision/provideEngine.ts';
import { defined } from '../foundation/defined.ts';
import { WorkbenchError, type ErrorReport } from '../foundation/errors.ts';
import { keepPrivate } from '../foundation/privateFolders.ts';
import { projectVersion } from '../foundation/project.ts';
import { Queue, type StudyStart } from '../queue/Queue.ts';
import { Submissions } from '../launch/Submissions.ts';
import { RunLog } from '../runs/RunLog.ts';
import { ActiveStudy } from '../studies/ActiveStudy.ts';
import { planOf, readDefinition } from '../studies/definition.ts';
import { ActiveRun, type RunServices } from '../supervisor/ActiveRun.ts';
import { InsightProcess } from '../supervisor/InsightProcess.ts';
import type { StartTrainer } from '../supervisor/TrainerLink.ts';
import { Downloads } from './Downloads.ts';
import type { Host, HostFacts } from './Host.ts';
import { Outcomes } from './results/claims/Outcomes.ts';
import { ImageLibrary } from './images/ImageLibrary.ts';
import { LearningOfRuns } from './results/LearningOfRuns.ts';
import { OrphanRuns } from './OrphanRuns.ts';
import { PredictionFiles } from './results/PredictionFiles.ts';
import { Previews } from './preview/Previews.ts';
import { sharingOf } from './preview/sharing.ts';
import { SettingsFile } from './SettingsFile.ts';
import { StartedWork } from './StartedWork.ts';

export interface WorkbenchOptions {
  /** Folder of the database and the runs. */
  home: string;
  startTrainer: StartTrainer;
  host: Host;
  /** Called for each folder or file that the log could not read. */
  onUnreadable?: (path: string, error: ErrorReport) => void;
}

/** One open data folder and the work under way in it. The handlers of the API share it. */
export class Workbench {
  readonly home: string;
  readonly startTrainer: StartTrainer;
  readonly host: Host;
  readonly settings: SettingsFile;
  readonly previews: Previews;
  readonly insight: InsightProcess;
  readonly images = new ImageLibrary();
  readonly downloads: Downloads;
  readonly predictions = new PredictionFiles();
  readonly outcomes = new Outcomes();
  readonly learning = new LearningOfRuns();
  readonly #onUnreadable: NonNullable<WorkbenchOptions['onUnreadable']>;
  readonly #runs = new StartedWork<ActiveRun>();
  readonly #studies = new StartedWork<ActiveStudy>();
  readonly #starting = new Map<string, Promise<unknown>>();
  #log: RunLog | undefined;
  #queue: Queue | undefined;
  #submissions: Submissions | undefined;
  #left: OrphanRuns | undefined;

  constructor({ home, startTrainer, host, onUnreadable = () => undefined }: WorkbenchOptions) {
    this.home = home;
    keepPrivate(home);
    this.host = host;
    this.downloads = new Downloads(home);
    this.settings = new SettingsFile(join(home, 'settings.json'));
    this.previews = new Previews(home);
    this.#onUnreadable = onUnreadable;
    this.startTrainer = startTrainer;
    this.insight = new InsightProcess(startTrainer, async () => (await this.services()).engine);
  }

  facts(): HostFacts {
    return {
      kind: this.host.kind,
      dialogs: this.host.dialogs,
      version: projectVersion(),
      platform: `${process.platform}-${process.arch}`,
      home: this.home,
      startCommand: this.host.startCommand ?? null,
    };
  }

  /** The log, opened when first needed, so that `describe` and `doctor` make no folder. */
  get log(): RunLog {
    if (this.#log) return this.#log;
    this.#log = new RunLog(this.home);
    for (const { path, error } of this.#log.rebuilt.failed) this.#onUnreadable(path, error);
    // What cannot be read is reported where it is asked for.
    void this.#log.catchUp().catch(() => undefined);
    return this.#log;
  }

  /**
   * The queue, opened when the window first asks for it; the command line does not use it.
   *
   * @throws WorkbenchError `queue-elsewhere` while another process owns it
   */
  get queue(): Queue {
    this.#queue ??= new Queue({
      log: this.log,
      startRun: (id, fromBest) => this.startRun(id, defined({ fromBest })),
      startStudy: (id, start) => this.startStudy(id, start),
    });
    return this.#queue;
  }

  /** Takes up what goes on without the program that led it, from now on. For programs with a window. Never rejects. */
  async takeUp(): Promise<void> {
    try {
      this.#left ??= new OrphanRuns(this.log, () => this.queue);
    } catch {
      // The window says what keeps the log from being opened.
    }
    await this.#left?.look();
  }

  /** What is on clusters. */
  get submissions(): Submissions {
    if (this.#submissions) return this.#submissions;
    this.#submissions = new Submissions(this.log);
    for (const { path, error } of this.#submissions.unreadable()) this.#onUnreadable(path, error);
    return this.#submissions;
  }

  /** @throws WorkbenchError `engine-missing` if TensorFlow is not set up: nothing is downloaded unless requested */
  async services(): Promise<RunServices> {
    const engine = await findEngine();
    if (!engine) {
      throw new WorkbenchError(
        'engine-missing',
        'TensorFlow is not set up on this machine.',
        'Set it up in the settings or with npm run setup, then try again.',
      );
    }
    return { log: this.log, engine, startTrainer: this.startTrainer };
  }

  /** @throws WorkbenchError `run-busy` if it is under way, here or elsewhere; `on-cluster`, `engine-missing` */
  startRun(id: string, options: { fromBest?: boolean } = {}): Promise<ActiveRun> {
    this.submissions.requireHere(id);
    return this.#start(id, async (services) => {
      await this.log.catchUpWith(id);
      // Again, since it may have been given to a cluster meanwhile.
      this.submissions.requireHere(id);
      const { protocol, testScales } = this.log.runs.get(id).config.evaluation;
      const run = new ActiveRun(services, id, [{ protocol, testScales }], options);
      this.#runs.add(run);
      return run;
    });
  }

  /** @throws WorkbenchError `study-busy` if it is under way, here or elsewhere; `on-cluster`, `engine-missing` */
  startStudy(id: string, { only, parallel = 1 }: StudyStart = {}): Promise<ActiveStudy> {
    this.submissions.requireHere(id);
    return this.#start(id, async (services) => {
      const plan = planOf(readDefinition(id, this.log.studies.get(id).definition));
      const sharing = await sharingOf(parallel, plan);
      for (const { runId } of this.log.studies.runsOf(id))
        if (this.log.runs.has(runId)) await this.log.catchUpWith(runId);
      this.submissions.requireHere(id);
      const follow = (run: ActiveRun) => {
        this.#runs.add(run);
      };
      const study = new ActiveStudy(services, id, follow, { only, sharing });
      this.#studies.add(study);
      return study;
    });
  }

  /** Waits for a run that is being started. @throws WorkbenchError `run-not-active`, whatever prevents its start */
  async activeRun(requested: string): Promise<ActiveRun> {
    const id = this.log.runs.resolve(requested);
    await this.#starting.get(id);
    const run = this.#runs.get(id);
    if (run) return run;
    throw notActive(`Run ${id}`);
  }

  /** The study with this full id; undefined if it has not been started here. */
  studyUnderWay(id: string): ActiveStudy | undefined {
    return this.#studies.get(id);
  }

  /** Like {@link activeRun}, for a study. */
  async activeStudy(requested: string): Promise<ActiveStudy> {
    const id = this.log.studies.resolve(requested);
    await this.#starting.get(id);
    const study = this.#studies.get(id);
    if (study) return study;
    throw notActive(`Study ${id}`);
  }

  /** Whether a run or a study is under way here, or is being started. */
  get isTraining(): boolean {
    return this.#starting.size + this.#studies.underWay().length + this.#runs.underWay().length > 0;
  }

  /** Stops what is under way here, each after a checkpoint, leaves to clusters what is there, and closes the log. */
  async close(): Promise<void> {
    this.insight.close();
    this.images.close();
    this.downloads.close();
    await this.#left?.close();
    const queueClosed = this.#queue?.close();
    const works = [...this.#studies.all(), ...this.#runs.all()];
    for (const work of works) work.stop();
    await Promise.all([queueClosed, this.#submissions?.close(), ...works.map(({ ended }) => ended)]);
    this.#queue = undefined;
    this.#log?.close();
    this.#log = undefined;
  }

  /** Starts work; from now on its id stands for this work, not for earlier work that has ended. */
  #start<Work>(id: string, open: (services: RunServices) => Work | Promise<Work>): Promise<Work> {
    const started = this.services()
      .then(open)
      .finally(() => {
        if (this.#starting.get(id) === started) this.#starting.delete(id);
      });
    this.#starting.set(id, started);
    return started;
  }
}

function notActive(what: string): WorkbenchError {
  return new WorkbenchError(
    'run-not-active',
    `${what} is not under way here.`,
    'Resume it to watch or stop it.',
  );
}
