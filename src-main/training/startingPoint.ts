import type { Rgb, RunConfig } from '../configuration/schema.ts';
import { readParameters } from '../evaluation/evaluateWeights.ts';
import { randomInitialiser } from '../vgg/initialise.ts';
import type { Architecture } from '../vgg/layers.ts';
import { Parameters } from '../vgg/Parameters.ts';
import { copyWeights } from '../vgg/weights/load.ts';
import { openWeights } from '../weights/openWeights.ts';
import { readState, restoreVelocities, type RunState } from './checkpoint.ts';
import { checkpointPath } from './checkpointFiles.ts';
import { MomentumSgd } from './MomentumSgd.ts';
import { PlateauSchedule } from './PlateauSchedule.ts';

/** Weights, velocities and state with which a run goes on. */
export interface StartingPoint {
  parameters: Parameters;
  optimiser: MomentumSgd;
  state: RunState;
}

/**
 * Where a run starts: at its last checkpoint if it has one, else at fresh weights, some or all of them copied from
 * `initialWeights` as the configuration says.
 */
export async function startingPoint(
  config: RunConfig,
  architecture: Architecture,
  checkpointFolder: string,
  initialWeights: string | null,
  mean: Rgb,
): Promise<StartingPoint> {
  const saved = readState(checkpointFolder, 'last');
  const parameters = saved
    ? readParameters(checkpointPath(checkpointFolder, 'last'), architecture)
    : await freshParameters(config, architecture, initialWeights);
  const optimiser = new MomentumSgd(parameters.variables(), config.training);
  if (saved) restoreVelocities(checkpointFolder, parameters, optimiser);
  return { parameters, optimiser, state: saved ?? initialState(config, mean) };
}

async function freshParameters(
  config: RunConfig,
  architecture: Architecture,
  initialWeights: string | null,
): Promise<Parameters> {
  const random = randomInitialiser(config.initialisation, config.training.seed);
  if (initialWeights === null) return new Parameters(architecture, random);
  const file = await openWeights(initialWeights);
  try {
    return new Parameters(
      architecture,
      copyWeights(file, architecture, config.initialisation.layers, random),
    );
  } finally {
    file.close();
  }
}

function initialState(config: RunConfig, mean: Rgb): RunState {
  return {
    version: 1,
    seed: config.training.seed,
    mean: [...mean],
    step: 0,
    epoch: 0,
    stepInEpoch: 0,
    seconds: 0,
    schedule: new PlateauSchedule(config.training).state,
    best: null,
  };
}
