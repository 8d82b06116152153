import type { WantedEvaluation } from '../configuration/evaluations.ts';
import { Network } from '../vgg/Network.ts';
import { Parameters } from '../vgg/Parameters.ts';
import { copyWeights } from '../vgg/weights/load.ts';
import { SafetensorsFile } from '../foundation/safetensors.ts';
import { evaluate, type EvaluationResult, type EvaluationTask } from './evaluate.ts';

/**
 * Evaluates the weights of a safetensors file (a checkpoint, or weights with torchvision's or timm's names).
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`, `weights-do-not-fit`
 */
export async function* evaluateWeights(
  path: string,
  task: Omit<EvaluationTask, 'network'>,
  wanted: readonly WantedEvaluation[],
): AsyncGenerator<EvaluationResult, void, undefined> {
  const parameters = readParameters(path, task.architecture);
  try {
    yield* evaluate({ ...task, network: new Network(parameters) }, wanted);
  } finally {
    parameters.dispose();
  }
}

/** All parameters of a net from a file. */
export function readParameters(path: string, architecture: EvaluationTask['architecture']): Parameters {
  const file = new SafetensorsFile(path);
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
