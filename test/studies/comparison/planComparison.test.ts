import { describe, expect, it } from 'vitest';
import { planComparison } from '../../../src-main/studies/comparison/planComparison.ts';
import { comparisonNames, readComparison } from '../../../src-main/studies/comparison/readComparison.ts';
import { planOf } from '../../../src-main/studies/definition.ts';
import { presetNames, loadPreset } from '../../../src-main/studies/preset.ts';
import { selectRuns } from '../../../src-main/studies/select.ts';
import { codeOf } from '../../runs/fixtures.ts';

const seeds = { ...loadPreset('quick'), seeds: [3, 4] };
const initialisation = readComparison('initialisation', 'quick');
const plan = planComparison(initialisation, seeds, 'fashion-mnist', []);
const planned = (key: string) => {
  const found = plan.find((run) => run.key === key);
  if (!found) throw new Error(`no run ${key}`);
  return found;
};

/** Those that train nets. */
const training = presetNames().filter((name) => !loadPreset(name).evaluates);

describe.each(comparisonNames())('%s', (name) => {
  it.each(training)('gives every run the same budget, at the size of %s', (presetName) => {
    const preset = loadPreset(presetName);
    const runs = planComparison(readComparison(name, presetName), preset, 'images', []);
    const budgets = runs.map(({ config: { training, data, evaluation, network } }) => ({
      training,
      data,
      evaluation,
      network: { ...network, config: null },
    }));
    for (const budget of budgets) expect(budget).toEqual(budgets[0]);
    expect(budgets[0]?.training.earlyStopping).toBeNull();
    expect(budgets[0]?.training.batch).toBe(preset.base.training?.batch);
    expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length);
  });
});

describe('planComparison', () => {
  it('trains everything once for each seed', () => {
    expect(plan.map(({ key }) => key).slice(0, 3)).toEqual(['A/variance#3', 'A/deviation#3', 'A/glorot#3']);
    expect(plan).toHaveLength(2 * initialisation.runs.length);
    expect(planned('E/glorot#4').config.training.seed).toBe(4);
  });

  it('starts a net from another only where that is compared, seed from seed', () => {
    const sources = plan.flatMap(({ key, dependsOn }) => (dependsOn === null ? [] : [[key, dependsOn]]));
    expect(Object.fromEntries(sources)).toEqual({
      'D/from-A#3': 'A/deviation#3',
      'D/from-A-glorot#3': 'A/glorot#3',
      'E/from-A#3': 'A/deviation#3',
      'E/from-A-glorot#3': 'A/glorot#3',
      'D/from-A#4': 'A/deviation#4',
      'D/from-A-glorot#4': 'A/glorot#4',
      'E/from-A#4': 'A/deviation#4',
      'E/from-A-glorot#4': 'A/glorot#4',
    });
    expect(planned('D/from-A#3').config.initialisation.layers).toBe('net-a');
  });

  it('has both readings of the variance of Sect. 3.1', () => {
    expect(planned('D/variance#3').config.initialisation).toMatchObject({
      scheme: 'normal',
      variance: 0.01,
      deviation: null,
    });
    expect(planned('D/deviation#3').config.initialisation).toMatchObject({
      scheme: 'normal',
      variance: null,
      deviation: 0.01,
    });
  });

  it('lets overrides win for all alike, but not over what is compared', () => {
    const short = planComparison(initialisation, seeds, 'fashion-mnist', ['training.epochs=1']);
    expect(short.every(({ config }) => config.training.epochs === 1)).toBe(true);
    const refused = ['network.config=A', 'initialisation.scheme=glorot', 'training.earlyStopping=3'];
    for (const override of refused) {
      expect(
        codeOf(() => planComparison(initialisation, seeds, 'x', [override])),
        override,
      ).toBe('override-owned-by-study');
    }
  });

  it('shortens the quick preset where little is enough, and leaves the tables alone', () => {
    expect(planned('A/glorot#3').config.training.epochs).toBe(3);
    const tables = planOf({ preset: loadPreset('quick'), dataset: 'fashion-mnist', overrides: [] });
    expect(tables[0]?.key).toBe('A@256#1');
  });
});

it('selects runs of a comparison by net, run or seed, with what they start from', () => {
  const keys = (only: string[]) => selectRuns(plan, only).map(({ key }) => key);
  expect(keys(['A'])).toHaveLength(8);
  expect(keys(['D/from-A'])).toEqual(['A/deviation#3', 'D/from-A#3', 'A/deviation#4', 'D/from-A#4']);
  expect(keys(['E/glorot#4'])).toEqual(['E/glorot#4']);
  expect(codeOf(() => selectRuns(plan, ['B']))).toBe('study-run-unknown');
});
