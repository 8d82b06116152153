import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import type { RunState } from '../../src-main/training/checkpoint.ts';
import { PlateauSchedule } from '../../src-main/training/PlateauSchedule.ts';

/** The state of a run after some steps, as a checkpoint holds it. */
export function aRunState(own: Partial<RunState> = {}): RunState {
  return {
    version: 2,
    seed: 5,
    mean: [120, 115, 100],
    deviation: [1, 1, 1],
    channels: 'RGB',
    classes: null,
    step: 12,
    epoch: 3,
    stepInEpoch: 0,
    validations: 0,
    seconds: 3.5,
    schedule: new PlateauSchedule(runConfigSchema.parse({}).training).state,
    logBytes: 90,
    best: null,
    ...own,
  };
}
