import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { LearningWatch, chanceLoss } from '../../training/learning.ts';
import type { Learning } from '../../vocabulary/learning.ts';

/** Number of steps read at once, since a long series would block other work. */
const stepsAtOnce = 20_000;

interface Watched {
  watch: LearningWatch;
  classes: number;
  /** The last step seen. */
  step: number;
  turn: Promise<void>;
}

/** Whether runs learn. Each loss of a run that trains is read only once. */
export class LearningOfRuns {
  readonly #runs = new Map<string, Watched>();

  /** Null while the classes are not known or there are too few steps to judge. */
  async of(log: RunLog, run: Run): Promise<(Learning & { chanceLoss: number }) | null> {
    const classes = run.config.network.classes ?? run.dataset?.classes;
    const latest = log.metrics.summaries(run.id).find(({ name }) => name === 'train/loss')?.latest.step;
    if (classes === undefined || latest === undefined) return null;
    const known = this.#runs.get(run.id);
    // A run that was resumed from an earlier checkpoint is read from the start again.
    const watched =
      known?.classes === classes && known.step <= latest
        ? known
        : { watch: new LearningWatch(classes), classes, step: -1, turn: Promise.resolve() };
    this.#runs.set(run.id, watched);
    // A failed reading is tried again at the next request.
    watched.turn = watched.turn.catch(() => undefined).then(() => advance(log, run.id, watched, latest));
    await watched.turn;
    const { verdict } = watched.watch;
    return verdict && { ...verdict, chanceLoss: chanceLoss(classes) };
  }
}

async function advance(log: RunLog, id: string, watched: Watched, latest: number): Promise<void> {
  while (watched.step < latest) {
    const fromStep = watched.step + 1;
    const toStep = Math.min(latest, watched.step + stepsAtOnce);
    for (const { steps, values } of log.metrics.stretches(id, 'train/loss', { fromStep, toStep })) {
      for (let index = 0; index < steps.length; index++) {
        const step = steps[index] ?? NaN;
        if (step >= fromStep && step <= toStep) watched.watch.see(step, values[index] ?? NaN);
      }
    }
    watched.step = toStep;
    await nextTurn();
  }
}
