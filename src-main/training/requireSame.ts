import { createHash } from 'node:crypto';
import type { Team } from '../engine/group/Team.ts';
import { ownKernels } from '../engine/kernels.ts';
import { halfSquares } from '../engine/ops/reduction.ts';
import { engineFacts } from '../engine/tensorflow.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { StartingPoint } from './startingPoint.ts';
import { readScalar } from './TensorMoments.ts';
import type { TrainingJob } from './TrainingJob.ts';

/*
 * Processes that learn in step stay equal only if they begin equal and compute alike. If they do not, nothing fails: the
 * weights of one are written, trained on gradients of others. So they compare.
 */

/**
 * Compares all that the training follows from: settings, images, the run's state, every weight and velocity, the kernels.
 *
 * @throws WorkbenchError `peers-differ`
 */
export function requireSameStart(
  { config, images, team }: TrainingJob,
  { parameters, optimiser, state }: StartingPoint,
): void {
  if (team.size === 1) return;
  const { mean, deviation, facts } = images;
  requireSame(team, 'settings or images', hashOf([config, mean, deviation, facts.fingerprint]));
  requireSame(team, 'engine', hashOf([engineFacts(), ownKernels()]));
  const hash = createHash('sha256').update(JSON.stringify(state));
  for (const variable of parameters.variables()) {
    variable.with((value) => hash.update(value.dataSync<'float32'>()));
    optimiser.velocityOf(variable)?.with((value) => hash.update(value.dataSync<'float32'>()));
  }
  requireSame(team, 'weights at the start', hash.digest());
}

/** Compares the norms of all weights, which costs less than the weights. @throws WorkbenchError `peers-differ` */
export function requireSameWeights(team: Team, parameters: Parameters): void {
  if (team.size === 1) return;
  requireSame(
    team,
    'weights',
    hashOf(parameters.variables().map((variable) => readScalar(variable.with(halfSquares)))),
  );
}

/** Compares a hash. @param what of which it is, in the plural or without a number @throws WorkbenchError `peers-differ` */
export function requireSame(team: Team, what: string, hash: Buffer): void {
  const [first, ...others] = team.gather(Float32Array.from(hash)).map((one) => one.join());
  const other = others.findIndex((one) => one !== first);
  if (other === -1) return;
  throw new WorkbenchError(
    'peers-differ',
    `The processes that train in step do not have the same ${what}: number ${other + 2} differs from the first.`,
    'Give them the same version of the workbench, files and kind of processor (VGG_ISA=avx2 where only some have AVX-512).',
    { kind: 'failure' },
  );
}

function hashOf(facts: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(facts)).digest();
}
