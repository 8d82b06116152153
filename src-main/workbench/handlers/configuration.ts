import { describeKeys } from '../../configuration/keys.ts';
import { resolveRunConfig } from '../../configuration/resolve.ts';
import type { PlannedRun } from '../../studies/PlannedRun.ts';
import { planStudy } from '../../studies/plan.ts';
import { presetNames, loadPreset, type Preset } from '../../studies/preset.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import type { PresetFacts } from '../contract.ts';
import { answerOf } from '../measuring/answerOf.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { ilsvrcClasses } from '../../vocabulary/ilsvrc.ts';
import { implementer } from '../implementer.ts';
import { savePreset } from '../../studies/savePreset.ts';
import { withWeightsAsBase, readSources, resolveSources } from '../inputs/configSources.ts';

/** What bench measures if nothing is said: small nets reach their full speed after a hundred steps only. */
const usualSteps = 3;
const usualSeconds = 2;

export const configurationHandlers = {
  presets: implementer.presets.handler(({ context: { home } }) =>
    presetNames(home).flatMap((name) => {
      try {
        return [factsOf(name, loadPreset(name, home))];
      } catch (error) {
        // One of a person's own that cannot be read is reported where it is asked for.
        if (error instanceof WorkbenchError) return [];
        throw error;
      }
    }),
  ),

  savePreset: implementer.savePreset.handler(({ input, context: { home } }) => {
    const { name, description, ...sources } = input;
    return { path: savePreset(home, { name, description, config: resolveSources(sources, home) }) };
  }),

  keys: implementer.keys.handler(() => describeKeys()),

  describe: implementer.describe.handler(({ input }) => describeNetwork(input)),

  measureFields: implementer.measureFields.handler(async ({ input, context, signal }) => {
    const { layers } = await context.insight.ask({ about: 'receptiveFields', ...input }, signal);
    return layers;
  }),

  preview: implementer.preview.handler(({ input, context }) => context.previews.of(context.log, input)),

  bench: implementer.bench.handler(async ({ input, context }) => {
    const { sources } = await withWeightsAsBase(context.log, readSources(input, context.home));
    const config = resolveRunConfig(sources);
    const classes = config.network.classes ?? ilsvrcClasses;
    const least =
      input.steps === undefined
        ? { steps: usualSteps, leastSeconds: usualSeconds }
        : { steps: input.steps, leastSeconds: 0 };
    const job = { task: 'bench' as const, config, classes, ...least };
    const { result } = await answerOf(context.startTrainer, job);
    // The result is returned even if it cannot be kept.
    await context.previews.rates.add(context.log, config, result).catch(() => undefined);
    return result;
  }),
};

function factsOf(name: string, preset: Preset): PresetFacts {
  const { description, evaluates } = preset;
  const dataset = preset.base.data?.dataset;
  const plan = evaluates ? [] : planStudy(preset, typeof dataset === 'string' ? dataset : 'images', []);
  return {
    name,
    description,
    bringsImages: typeof dataset === 'string',
    evaluates,
    runs: plan.length,
    netA: netAOf(plan),
  };
}

function netAOf([first]: readonly PlannedRun[]): PresetFacts['netA'] {
  if (!first) return null;
  const { network, training } = first.config;
  return { crop: network.crop, width: network.width, epochs: training.epochs };
}
