import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Run } from '../../runs/records.ts';
import type { RunLog } from '../../runs/RunLog.ts';
import { LearningWatch, chanceLoss } from '../../training/learning.ts';
import type { Learning } from '../../vocabulary/learning.ts';

/** Steps read at once: a long series would keep others waiting. */
const stepsAtOnce = 20_000;

interface Watched {
  watch: LearningWatch;
  classes: number;
  /** The last step seen. */
  step: number;
  turn: Promise<void>;
}

/** Whether runs learn. Of a run that trains, each loss is read once. */
export class LearningOfRuns {
  readonly #runs = new Map<string, Watched>();

  /** Null while the classes are not known or there are too few steps to say. */
  async of(log: RunLog, run: Run): Promise<(Learning & { chanceLoss: number }) | null> {
    const classes = run.config.network.classes ?? run.dataset?.classes;
    const latest = log.metrics.summaries(run.id).find(({ name }) => name === 'train/loss')?.latest.step;
    if (classes === undefined || latest === undefined) return null;
    const known = this.#runs.get(run.id);
    // One that was taken up again from an earlier checkpoint begins anew.
    const watched =
      known?.classes === classes && known.step <= latest
        ? known
        : { watch: new LearningWatch(classes), classes, step: -1, turn: Promise.resolve() };
    this.#runs.set(run.id, watched);
    // What failed for one who asked is tried again for the next.
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
    const [losses] = log.metrics.read(id, { names: ['train/loss'], fromStep, toStep });
    for (const [index, step] of (losses?.steps ?? []).entries())
      watched.watch.see(step, losses?.values[index] ?? NaN);
    watched.step = toStep;
    await nextTurn();
  }
}
