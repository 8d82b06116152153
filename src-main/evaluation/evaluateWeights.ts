import type { RequestedEvaluation } from '../configuration/evaluations.ts';
import type { Channels } from '../configuration/schema.ts';
import { Network } from '../vgg/Network.ts';
import { takeParameters } from '../vgg/weights/readParameters.ts';
import { openWeights } from '../weights/openWeights.ts';
import { readAs } from '../weights/WeightsFile.ts';
import { requireFinitePosteriors } from './finitePosteriors.ts';
import { evaluate, type ScoredImages, type EvaluationTask } from './evaluate.ts';

/**
 * Evaluates the weights of any file that {@link openWeights} reads.
 *
 * @param task its `channels` are the order that the first layer reads, where the file does not state it
 * @throws WorkbenchError those of `openWeights`, `weights-do-not-fit`, `weights-not-finite`, `posteriors-not-finite`
 */
export async function* evaluateWeights(
  path: string,
  { channels = null, ...task }: Omit<EvaluationTask, 'network'> & { channels?: Channels | null },
  requested: readonly RequestedEvaluation[],
): AsyncGenerator<ScoredImages, void, undefined> {
  using parameters = takeParameters(readAs(await openWeights(path), channels), task.architecture);
  for await (const scored of evaluate({ ...task, network: new Network(parameters) }, requested)) {
    requireFinitePosteriors(scored.posteriors, task.architecture.classes, path);
    yield scored;
  }
}
