import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import { Network } from '../vgg/Network.ts';
import { takeParameters } from '../vgg/weights/readParameters.ts';
import { openWeights } from '../weights/openWeights.ts';
import { requireFinitePosteriors } from './finitePosteriors.ts';
import { evaluate, type ScoredImages, type EvaluationTask } from './evaluate.ts';

/**
 * Evaluates the weights of any file that {@link openWeights} reads.
 *
 * @throws WorkbenchError those of `openWeights`, `weights-do-not-fit`, `weights-not-finite`, `posteriors-not-finite`
 */
export async function* evaluateWeights(
  path: string,
  task: Omit<EvaluationTask, 'network'>,
  requested: readonly RequestedEvaluation[],
): AsyncGenerator<ScoredImages, void, undefined> {
  using parameters = takeParameters(await openWeights(path), task.architecture);
  for await (const scored of evaluate({ ...task, network: new Network(parameters) }, requested)) {
    requireFinitePosteriors(scored.posteriors, task.architecture.classes, path);
    yield scored;
  }
}
