import { describeKeys } from '../../configuration/keys.ts';
import { resolveRunConfig } from '../../configuration/resolve.ts';
import { planStudy } from '../../studies/plan.ts';
import { presetNames, loadPreset } from '../../studies/preset.ts';
import { answerOf } from '../measuring/answerOf.ts';
import { describeNetwork } from '../../vgg/describe.ts';
import { ilsvrcClasses } from '../../vocabulary/ilsvrc.ts';
import { implementer } from '../implementer.ts';
import { overWeights, readSources } from '../inputs/configSources.ts';

export const configurationHandlers = {
  presets: implementer.presets.handler(() =>
    presetNames().map((name) => {
      const preset = loadPreset(name);
      const dataset = preset.base.data?.dataset;
      return {
        name,
        description: preset.description,
        bringsImages: typeof dataset === 'string',
        evaluates: preset.evaluates,
        runs: preset.evaluates
          ? 0
          : planStudy(preset, typeof dataset === 'string' ? dataset : 'images', []).length,
      };
    }),
  ),

  keys: implementer.keys.handler(() => describeKeys()),

  describe: implementer.describe.handler(({ input }) => describeNetwork(input)),

  measureFields: implementer.measureFields.handler(async ({ input, context, signal }) => {
    const { layers } = await context.insight.ask({ about: 'receptiveFields', ...input }, signal);
    return layers;
  }),

  preview: implementer.preview.handler(({ input, context }) => context.previews.of(context.log, input)),

  bench: implementer.bench.handler(async ({ input, context }) => {
    const { sources } = await overWeights(context.log, readSources(input));
    const config = resolveRunConfig(sources);
    const classes = config.network.classes ?? ilsvrcClasses;
    const job = { task: 'bench' as const, config, classes, steps: input.steps };
    const { result } = await answerOf(context.startTrainer, job);
    // The result is returned even if it cannot be kept.
    await context.previews.rates.add(config, result).catch(() => undefined);
    return result;
  }),
};
