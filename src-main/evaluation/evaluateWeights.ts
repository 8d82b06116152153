import type { WantedEvaluation } from '../configuration/evaluations.ts';
import type { Architecture } from '../vgg/layers.ts';
import { Network } from '../vgg/Network.ts';
import { Parameters } from '../vgg/Parameters.ts';
import { copyWeights } from '../vgg/weights/load.ts';
import { openWeights } from '../weights/openWeights.ts';
import { openSafetensorsWeights } from '../weights/safetensorsWeights.ts';
import type { WeightsFile } from '../weights/WeightsFile.ts';
import { evaluate, type EvaluationResult, type EvaluationTask } from './evaluate.ts';

/**
 * Evaluates the weights of any file that {@link openWeights} reads.
 *
 * @throws WorkbenchError those of it, `weights-do-not-fit`
 */
export async function* evaluateWeights(
  path: string,
  task: Omit<EvaluationTask, 'network'>,
  wanted: readonly WantedEvaluation[],
): AsyncGenerator<EvaluationResult, void, undefined> {
  const parameters = takeAll(await openWeights(path), task.architecture);
  try {
    yield* evaluate({ ...task, network: new Network(parameters) }, wanted);
  } finally {
    parameters.dispose();
  }
}

/** All parameters of a net from a checkpoint. */
export function readParameters(path: string, architecture: Architecture): Parameters {
  return takeAll(openSafetensorsWeights(path), architecture);
}

/** The same from a file that is open, and closed then. */
function takeAll(file: WeightsFile, architecture: Architecture): Parameters {
  try {
    return new Parameters(
      architecture,
      copyWeights(file, architecture, 'all', ({ name }) => {
        throw new Error(`${name} is copied with all the others.`);
      }),
    );
  } finally {
    file.close();
  }
}
