import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingsOfOverride } from '../../configuration/configSources.ts';
import type { RunConfig } from '../../configuration/schema.ts';
import type { Protocol } from '../../vocabulary/protocols.ts';
import { resolveRunConfig } from '../../configuration/resolve.ts';
import { writeRunConfig } from '../../configuration/write.ts';
import { provideEngine } from '../../engine/provision/provideEngine.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { expanded } from '../../foundation/home.ts';
import { folderMissing } from '../../runs/errors.ts';
import { readCheckpoint } from '../../runs/folder/checkpointFile.ts';
import { RunRecorder } from '../../supervisor/RunRecorder.ts';
import { runTrainer } from '../../supervisor/runTrainer.ts';
import type { EvaluateJob } from '../../trainer/protocol.ts';
import { inspectWeights, type WeightsFacts } from '../../vgg/weights/inspect.ts';
import type { EvaluationEvent } from '../contract.ts';
import { implementer } from '../implementer.ts';
import { requirePixelScale } from '../inputs/pixelScale.ts';
import { posteriorsTarget } from '../inputs/targets.ts';
import { streamOf } from '../streamOf.ts';
import type { Workbench } from '../Workbench.ts';
import {
  withSettingsAsBase,
  readSources,
  requireNet,
  settingsOfWeights,
  type ConfigSourcesInput,
} from '../inputs/configSources.ts';

type EvaluateInput = ConfigSourcesInput & {
  run?: string | undefined;
  weights?: string | undefined;
  protocols?: Protocol[] | undefined;
  posteriorsFile?: string | undefined;
  overwrite: boolean;
};

export const evaluateHandler = implementer.evaluate.handler(({ input, context, signal }) =>
  streamOf<EvaluationEvent>(async (emit) => {
    const { posteriorsFile, overwrite } = input;
    const target =
      posteriorsFile === undefined ? undefined : posteriorsTarget(context.host, posteriorsFile, overwrite);
    const { job, recorder, weights } =
      input.run === undefined
        ? await jobOfFile({ ...input, posteriorsFile: target }, context.home)
        : jobOfRun(context, { ...input, posteriorsFile: target }, input.run);
    if (weights) emit({ type: 'weights', weights });
    const engine = await provideEngine();
    const answer = await runTrainer(context.startTrainer, job, {
      addon: engine.addon,
      stop: signal ?? new AbortController().signal,
      onOutput: () => undefined,
      onResponsiveness: emit,
      onEvent: (event) => {
        if (event.type === 'progress') {
          const { done, total, activity } = event;
          emit({ type: 'progress', done, total, activity });
        } else if (event.type === 'note') emit(event);
        else if (event.type === 'evaluation') {
          recorder?.record(event);
          const { type: _type, ...evaluation } = event;
          emit({ type: 'evaluation', evaluation });
        }
      },
    });
    if (answer.type === 'done' && answer.status === 'interrupted') throw interrupted();
  }),
);

function interrupted(): WorkbenchError {
  return new WorkbenchError(
    'evaluation-interrupted',
    'The evaluation was stopped before it had finished.',
    'Start it again.',
    { kind: 'interrupted' },
  );
}

/** Scores any weights file, with its own net and preprocessing unless the configuration differs. Nothing is logged. */
async function jobOfFile(
  input: EvaluateInput,
  home: string,
): Promise<{ job: EvaluateJob; recorder?: RunRecorder; weights?: WeightsFacts }> {
  if (input.weights === undefined) {
    throw new WorkbenchError(
      'nothing-to-evaluate',
      'Neither a run nor a weights file is given.',
      'Name a run, or give a file with --weights.',
    );
  }
  const path = resolve(expanded(input.weights));
  if (!existsSync(path)) {
    throw new WorkbenchError(
      'weights-not-found',
      `There is no file ${path}.`,
      'Check the path of the weights file.',
    );
  }
  const weights = await inspectWeights(path);
  requireNet(weights);
  const sources = readSources(input, home);
  const config = resolveRunConfig(withSettingsAsBase(sources, settingsOfWeights(weights, sources, 'all')));
  requirePixelScale(config);
  return {
    job: evaluateJob(config, { weights: path, checkpoint: null, step: null, runFolder: null }, input),
    weights,
  };
}

/** Scores a run's checkpoint, with the run's net and images unless the overrides differ. The result is logged. */
function jobOfRun(
  { log }: Workbench,
  input: EvaluateInput,
  requested: string,
): { job: EvaluateJob; recorder: RunRecorder; weights?: undefined } {
  const run = log.runs.get(requested);
  if (input.weights !== undefined) throw twoToEvaluate(run.id, input.weights);
  refuseOtherNet(run.id, input);
  const config = resolveRunConfig({
    file: { path: 'config.yaml', text: writeRunConfig(run.config) },
    overrides: input.overrides,
  });
  // The run's own checkpoint names its classes, whatever list they once came from.
  const isListed = input.overrides.flatMap(settingsOfOverride).some(({ key }) => key === 'data.classList');
  if (!isListed) config.data.classList = null;
  const kind = config.evaluation.checkpoint;
  const checkpoint = readCheckpoint(log.folder(run.id), kind);
  if (!log.folder(run.id).isOfRun) throw folderMissing(run.id, log.folder(run.id).path);
  if (!checkpoint) {
    throw new WorkbenchError(
      'checkpoint-missing',
      `Run ${run.id} has no ${kind} checkpoint.`,
      'Train it for an epoch first.',
    );
  }
  const folder = log.folder(run.id);
  return {
    job: evaluateJob(
      config,
      {
        weights: folder.checkpoint(kind),
        checkpoint: kind,
        step: checkpoint.step,
        runFolder: folder.path,
      },
      input,
    ),
    recorder: new RunRecorder(log, run.id, run.config),
  };
}

function twoToEvaluate(run: string, weights: string): WorkbenchError {
  return new WorkbenchError(
    'two-to-evaluate',
    `Both run ${run} and the weights file ${weights} are given.`,
    'Name the run alone, or give the file alone with --weights.',
  );
}

/** Settings that may differ when a run is scored: how and on which images, but not the net or its preprocessing. */
const freeKey = /^(evaluation\.\w+|data\.(dataset|classList|workers|skipBroken))$/;

/** @throws WorkbenchError `override-not-for-runs` */
function refuseOtherNet(run: string, { preset, file, overrides }: EvaluateInput): void {
  const fixed = overrides.flatMap(settingsOfOverride).find(({ key }) => !freeKey.test(key))?.key;
  const refused = fixed ?? preset ?? file;
  if (refused === undefined) return;
  throw new WorkbenchError(
    'override-not-for-runs',
    `${refused} has no place in the evaluation of run ${run}, which keeps the settings it was trained with.`,
    'Give only keys under evaluation, and --data, --class-list, --workers or --skip-broken; or give its checkpoint with --weights.',
  );
}

function evaluateJob(
  config: RunConfig,
  scored: Pick<EvaluateJob, 'weights' | 'checkpoint' | 'step' | 'runFolder'>,
  { protocols, posteriorsFile }: EvaluateInput,
): EvaluateJob {
  const { protocol, testScales } = config.evaluation;
  const requested = [...new Set(protocols ?? [protocol])];
  if (requested.length > 1 && posteriorsFile !== undefined) throw severalPosteriors(posteriorsFile);
  return {
    task: 'evaluate',
    config,
    ...scored,
    evaluations: requested.map((one) => ({ protocol: one, testScales })),
    posteriorsFile: posteriorsFile ?? null,
  };
}

function severalPosteriors(file: string): WorkbenchError {
  return new WorkbenchError(
    'several-posteriors',
    `${file} takes the posteriors of one protocol, and several are asked for.`,
    'Name one protocol, or leave the file out: a run keeps the posteriors of each evaluation.',
  );
}
