import { reportError, WorkbenchError, type ErrorReport } from '../foundation/errors.ts';
import { isOwnEvaluation } from '../runs/ownEvaluation.ts';
import type { RunStatus } from '../runs/records.ts';
import { ActiveRun, type RunServices } from '../supervisor/ActiveRun.ts';
import { Feed } from '../supervisor/Feed.ts';
import { quietly } from '../supervisor/quietly.ts';
import { sameScales } from '../configuration/scales.ts';
import { planStudy, type PlannedRun } from './plan.ts';
import { studyDefinitionSchema } from './definition.ts';
import { StudyProgress, type StudyRunProgress, type StudySnapshot } from './StudyProgress.ts';

interface StudyEnd {
  status: RunStatus;
  error: ErrorReport | null;
}

export type StudyEvent =
  { type: 'progress'; snapshot: StudySnapshot } | ({ type: 'ended'; snapshot: StudySnapshot } & StudyEnd);

const millisecondsBetweenSnapshots = 250;
const millisecondsBetweenHeartbeats = 15_000;

/** A study that is being run: its trainings in order, each once, one at a time. */
export class ActiveStudy {
  readonly id: string;
  /** Ends with an `ended` event, whatever happens. */
  readonly events = new Feed<StudyEvent>();
  /** Settles when the study has ended; never rejects. */
  readonly ended: Promise<RunStatus>;
  readonly #services: RunServices;
  readonly #onRun: (run: ActiveRun) => void;
  #current: ActiveRun | undefined;
  #stopped = false;
  #toldAt = 0;

  /**
   * @param onRun is handed each run as it starts
   * @throws WorkbenchError `study-busy` if it is under way, here or elsewhere; `study-unreadable`, and those of a
   *   configuration
   */
  constructor(services: RunServices, id: string, onRun: (run: ActiveRun) => void) {
    this.id = id;
    this.#services = services;
    this.#onRun = onRun;
    const { preset, dataset, overrides } = readDefinition(id, services.log.studies.get(id).definition);
    const plan = planStudy(preset, dataset, overrides);
    const progress = new StudyProgress(id, plan);
    services.log.studies.claim(id);
    this.ended = this.#perform(plan, progress);
  }

  /** Checkpoints the run under way and ends; the study can be resumed. */
  stop(): void {
    this.#stopped = true;
    this.#current?.stop();
  }

  kill(): void {
    this.#stopped = true;
    this.#current?.kill();
  }

  async #perform(plan: readonly PlannedRun[], progress: StudyProgress): Promise<RunStatus> {
    const { log } = this.#services;
    const heartbeat = setInterval(() => {
      quietly(() => {
        log.studies.heartbeat(this.id);
      });
    }, millisecondsBetweenHeartbeats);
    let end: StudyEnd;
    try {
      end = await this.#trainAll(plan, progress);
      log.studies.setStatus(this.id, end.status);
    } catch (error) {
      end = { status: 'failed', error: reportError(error) };
      quietly(() => {
        log.studies.setStatus(this.id, 'failed');
      });
    } finally {
      clearInterval(heartbeat);
    }
    this.events.publish({ type: 'ended', ...end, snapshot: progress.snapshot() });
    this.events.close();
    return end.status;
  }

  async #trainAll(plan: readonly PlannedRun[], progress: StudyProgress): Promise<StudyEnd> {
    const { log } = this.#services;
    const runIds = new Map(log.studies.runsOf(this.id).map(({ key, runId }) => [key, runId]));
    for (const planned of plan) {
      const runId = runIds.get(planned.key);
      if (runId !== undefined && this.#isComplete(planned, runId)) {
        progress.inherit(planned.key, {
          runId,
          status: 'finished',
          done: 1,
          top1Error: this.#singleScaleError(planned, runId),
        });
      }
    }
    const tell = (now: boolean) => {
      if (!now && performance.now() - this.#toldAt < millisecondsBetweenSnapshots) return;
      this.#toldAt = performance.now();
      this.events.publish({ type: 'progress', snapshot: progress.snapshot() });
    };

    let failure: ErrorReport | null = null;
    const finished = new Set<string>();
    for (const planned of plan) {
      const known = runIds.get(planned.key);
      if (known !== undefined && this.#isComplete(planned, known)) {
        finished.add(planned.key);
        continue;
      }
      if (planned.dependsOn !== null && !finished.has(planned.dependsOn)) {
        progress.change(planned.key, { status: 'blocked' });
        tell(true);
        continue;
      }
      if (this.#stopped) return { status: 'interrupted', error: failure };
      const source = planned.dependsOn === null ? null : (runIds.get(planned.dependsOn) ?? null);
      const runId = known ?? this.#create(planned, source);
      runIds.set(planned.key, runId);
      progress.change(planned.key, { runId, status: 'running' });
      tell(true);
      const end = await this.#train(planned, runId, progress, tell);
      progress.change(planned.key, {
        status: end.status,
        ...(end.status === 'finished' ? { done: 1 } : {}),
      });
      tell(true);
      if (end.status === 'finished') finished.add(planned.key);
      else if (end.status === 'interrupted') return { status: 'interrupted', error: failure };
      else failure ??= end.error;
    }
    return { status: failure === null ? 'finished' : 'failed', error: failure };
  }

  async #train(planned: PlannedRun, runId: string, progress: StudyProgress, tell: (now: boolean) => void) {
    const run = new ActiveRun(this.#services, runId, planned.scaleSets);
    this.#current = run;
    this.#onRun(run);
    let stepsPerEpoch = 1;
    for await (const event of run.events.read()) {
      if (event.type === 'ended') break;
      if (event.type === 'started') stepsPerEpoch = event.stepsPerEpoch;
      progress.observe(planned.key, event, stepsPerEpoch);
      tell(false);
    }
    this.#current = undefined;
    return await run.ended;
  }

  #create({ key, seed, config }: PlannedRun, source: string | null): string {
    const { log } = this.#services;
    const complete = {
      ...config,
      initialisation: { ...config.initialisation, from: source ?? config.initialisation.from },
    };
    const { id } = log.create({ config: complete, name: key });
    log.studies.putRun(this.id, { key, runId: id, seed });
    return id;
  }

  /** Trained to the end and evaluated at every set of scales. */
  #isComplete({ scaleSets }: PlannedRun, runId: string): boolean {
    if (this.#services.log.runs.get(runId).status !== 'finished') return false;
    const evaluations = this.#ownEvaluations(runId);
    return scaleSets.every((scales) => evaluations.some(({ testScales }) => sameScales(testScales, scales)));
  }

  #singleScaleError({ scaleSets }: PlannedRun, runId: string): StudyRunProgress['top1Error'] {
    const single = scaleSets.find((scales) => scales.length === 1) ?? scaleSets[0] ?? [];
    const found = this.#ownEvaluations(runId).findLast(({ testScales }) => sameScales(testScales, single));
    return found ? { percent: found.top1Error, protocol: found.protocol } : null;
  }

  #ownEvaluations(runId: string) {
    const { log } = this.#services;
    const run = log.runs.get(runId);
    return log.evaluations.of(runId).filter((evaluation) => isOwnEvaluation(run, evaluation));
  }
}

/** @throws WorkbenchError `study-unreadable`: the settings may have been written by another version */
export function readDefinition(id: string, definition: unknown) {
  const result = studyDefinitionSchema.safeParse(definition);
  if (result.success) return result.data;
  throw new WorkbenchError(
    'study-unreadable',
    `The definition of study ${id} cannot be read by this version.`,
    'Start a new study; its runs stay and can be exported.',
  );
}
