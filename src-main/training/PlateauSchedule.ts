import { z } from 'zod';
import type { RunConfig } from '../configuration/schema.ts';

export const scheduleStateSchema = z.strictObject({
  learningRate: z.number(),
  drops: z.int(),
  /** Lowest top-1 error seen, in %; null before the first validation. */
  bestError: z.number().nullable(),
  /** Validations since the error improved or the rate dropped. */
  sinceDropOrImprovement: z.int(),
  /** Validations since the error improved. */
  sinceImprovement: z.int(),
});
export type ScheduleState = z.infer<typeof scheduleStateSchema>;

type Settings = Pick<RunConfig['training'], 'schedule' | 'plateau' | 'earlyStopping' | 'learningRate'>;

/**
 * What validations decide. With the schedule `plateau`, the learning rate is divided by ten when the validation error has
 * stopped improving, three times at most (Sect. 3.1). With early stopping, training ends after a number of validations
 * without improvement.
 */
export class PlateauSchedule {
  readonly #settings: Settings;
  #state: ScheduleState;

  constructor(settings: Settings, state?: ScheduleState) {
    this.#settings = settings;
    this.#state = state ?? {
      learningRate: settings.learningRate,
      drops: 0,
      bestError: null,
      sinceDropOrImprovement: 0,
      sinceImprovement: 0,
    };
  }

  /** Without warm-up and what falls at every step: see `learningRateOf`. */
  get learningRate(): number {
    return this.#state.learningRate;
  }

  get state(): ScheduleState {
    return { ...this.#state };
  }

  /** Whether early stopping ends the training now. */
  get exhausted(): boolean {
    const { earlyStopping } = this.#settings;
    return earlyStopping !== null && this.#state.sinceImprovement >= earlyStopping;
  }

  /** Whether the next validation may end the training. */
  get mayEnd(): boolean {
    const { earlyStopping } = this.#settings;
    return earlyStopping !== null && this.#state.sinceImprovement + 1 >= earlyStopping;
  }

  /** Records the top-1 error (in %) of a validation, and drops the rate if that is due. */
  observe(top1Error: number): void {
    const { schedule, plateau } = this.#settings;
    const state = this.#state;
    if (state.bestError === null || top1Error < state.bestError - plateau.threshold) {
      this.#state = { ...state, bestError: top1Error, sinceDropOrImprovement: 0, sinceImprovement: 0 };
      return;
    }
    const since = state.sinceDropOrImprovement + 1;
    const due = schedule === 'plateau' && since >= plateau.patience && state.drops < plateau.drops;
    this.#state = {
      ...state,
      learningRate: due ? state.learningRate / plateau.factor : state.learningRate,
      drops: due ? state.drops + 1 : state.drops,
      sinceDropOrImprovement: due ? 0 : since,
      sinceImprovement: state.sinceImprovement + 1,
    };
  }
}
