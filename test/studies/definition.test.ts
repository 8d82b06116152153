import { describe, expect, it } from 'vitest';
import { planOf, readDefinition, studyDefinitionSchema } from '../../src-main/studies/definition.ts';
import { readComparison } from '../../src-main/studies/comparison/readComparison.ts';
import { loadPreset, presetNames } from '../../src-main/studies/preset.ts';
import { codeOf } from '../runs/fixtures.ts';

const preset = loadPreset('quick');
const definition = { preset, dataset: 'fashion-mnist', overrides: [] };
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A study is planned whenever the list of studies is shown, so whoever writes its file must not choose how long it takes. */
describe('a definition', () => {
  it('of every preset is one', () => {
    for (const name of presetNames()) {
      expect(studyDefinitionSchema.safeParse({ ...definition, preset: loadPreset(name) }).success).toBe(true);
    }
  });

  it('has at most 50 seeds', () => {
    const most = { ...definition, preset: { ...preset, seeds: seeds(50) } };
    expect(planOf(readDefinition('s', most))).toHaveLength(600);
  });

  const comparison = readComparison('width-depth', 'quick');
  const [first] = comparison.runs;
  it.each([
    ['51 seeds', { preset: { ...preset, seeds: seeds(51) } }],
    ['200,000 seeds', { preset: { ...preset, seeds: seeds(200_000) } }],
    ['a seed that no random stream has', { preset: { ...preset, seeds: [2 ** 31] } }],
    ['201 overrides', { overrides: Array.from({ length: 201 }, () => 'training.batch=8') }],
    ['an override of 10,001 letters', { overrides: [`training.batch=${'8'.repeat(10_001)}`] }],
    ['1,001 names of runs', { only: Array.from({ length: 1001 }, () => 'A') }],
    [
      '21 runs compared',
      { comparison: { ...comparison, runs: seeds(21).map((key) => ({ ...first, key: `A/${key}` })) } },
    ],
  ])('with %s is none', (_, change) => {
    expect(codeOf(() => readDefinition('s', { ...definition, ...change }))).toBe('study-unreadable');
  });
});
