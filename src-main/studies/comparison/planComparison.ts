import { overlay } from '../../configuration/settings.ts';
import type { Comparison } from '../../tables/comparison/definition.ts';
import { parseRunKey, runKeyText } from '../../vocabulary/runKey.ts';
import { refuseKeys } from '../ownKeys.ts';
import type { PlannedRun } from '../PlannedRun.ts';
import type { Preset } from '../preset.ts';
import { presetConfig } from '../presetConfig.ts';

type ComparedRun = Comparison['runs'][number];

/**
 * Every training of a comparison, seed by seed. All have the budget of the preset's base: the same images, epochs,
 * batches and learning rate. None ends early, and none has the stages that Sect. 3.1 gives the tables' nets.
 *
 * @param overrides `key.path=value`, which replace everything else, for all runs alike
 * @throws WorkbenchError those of the configuration, `override-owned-by-study`
 */
export function planComparison(
  comparison: Comparison,
  preset: Preset,
  dataset: string,
  overrides: readonly string[],
): PlannedRun[] {
  refuseKeys(ownKeysOf(comparison), overrides);
  const shared = overlay(preset.base, { training: { earlyStopping: null } }, comparison.base);
  return preset.seeds.flatMap((seed) =>
    comparison.runs.map(({ key, network, initialisation, from }): PlannedRun => {
      const settings = overlay(shared, { network, initialisation, data: { dataset }, training: { seed } });
      const config = presetConfig(settings, overrides);
      const { protocol, testScales } = config.evaluation;
      return {
        key: keyOf(key, seed),
        seed,
        dependsOn: from === undefined ? null : keyOf(from, seed),
        evaluations: [{ protocol, testScales }],
        divergenceIsResult: true,
        config,
      };
    }),
  );
}

/** `A/glorot#1`. */
function keyOf(training: string, seed: number): string {
  return runKeyText({ ...parseRunKey(training), seed });
}

/** The keys that the comparison sets for its runs, and those without which the runs would not be comparable. */
function ownKeysOf({ name, runs }: Comparison): Map<string, string> {
  const another = `It is what ${name} compares; train a run by itself with npm run -s vgg -- train.`;
  const compared = runs.flatMap(({ network, initialisation }: ComparedRun) => [
    ...Object.keys(network).map((key) => `network.${key}`),
    ...Object.keys(initialisation).map((key) => `initialisation.${key}`),
  ]);
  return new Map([
    ...compared.map((key) => [key, another] as const),
    ['initialisation.from', another],
    ['initialisation.layers', another],
    ['training.earlyStopping', 'All runs of a comparison train equally long.'],
    ['data.dataset', 'Give the images with --data.'],
    ['training.seed', 'Give the seeds with --seeds.'],
  ]);
}
