import { describe, expect, it } from 'vitest';
import { planStudy } from '../../src-main/studies/plan.ts';
import { quickPreset } from '../support/quickPreset.ts';
import { presetNames, loadPreset } from '../../src-main/studies/preset.ts';
import { table3, table4, trainingsOf } from '../../src-main/vocabulary/paperTables.ts';
import { rowScales } from '../../src-main/tables/scales.ts';

const quick = quickPreset;
const plan = planStudy(quick, 'fashion-mnist', []);
const planned = (key: string) => plan.find((run) => run.key === key);

describe('planStudy', () => {
  it('trains each net that Tables 3 and 4 need once', () => {
    expect(plan).toHaveLength(12);
    expect(new Set(plan.map(({ key }) => key)).size).toBe(12);
    for (const row of [...table3, ...table4]) {
      const run = planned(`${trainingsOf(row).join()}#1`);
      const { testScales } = rowScales(row, 56);
      expect(run?.evaluations, row.id).toContainEqual({ protocol: 'dense', testScales });
    }
  });

  it('scores D and E by more protocols for Tables 5 and 6, and trains nothing else', () => {
    const all = planStudy(quick, 'fashion-mnist', [], [3, 4, 5, 6]);
    expect(all.map(({ key }) => key)).toEqual(plan.map(({ key }) => key));
    const requested = (key: string) => all.find((run) => run.key === key)?.evaluations;
    const testScales = [64, 96, 128];
    for (const key of ['D@256-512#1', 'E@256-512#1']) {
      expect(requested(key)).toEqual([
        { protocol: 'dense', testScales: [96] },
        { protocol: 'dense', testScales, keepPosteriors: true },
        { protocol: 'multi-crop', testScales, keepPosteriors: true },
        { protocol: 'multi-crop+dense', testScales, keepPosteriors: true },
      ]);
    }
    expect(requested('C@256-512#1')).toEqual(planned('C@256-512#1')?.evaluations);
    // The settings of a run do not depend on what else it is scored for.
    expect(all.map(({ config }) => config)).toEqual(plan.map(({ config }) => config));
  });

  it('for Table 5 alone trains D and E and what they start from', () => {
    const some = planStudy(quick, 'fashion-mnist', [], [5]);
    expect(some.map(({ key }) => key)).toEqual([
      'A@256#1',
      'D@256#1',
      'E@256#1',
      'D@384#1',
      'E@384#1',
      'D@256-512#1',
      'E@256-512#1',
    ]);
    expect(some[1]?.evaluations).toEqual([{ protocol: 'dense', testScales: [64] }]);
    expect(some.at(-1)?.evaluations.map(({ protocol }) => protocol)).toEqual([
      'dense',
      'multi-crop',
      'multi-crop+dense',
    ]);
  });

  it('keeps the protocol of the study to Tables 3 and 4', () => {
    const centre = planStudy(quick, 'fashion-mnist', ['evaluation.protocol=centre-crop'], [3, 5]);
    expect(centre.at(-1)?.evaluations.map(({ protocol }) => protocol)).toEqual([
      'centre-crop',
      'dense',
      'multi-crop',
      'multi-crop+dense',
    ]);
  });

  it('starts each from the net of Sect. 3.1, which comes before it', () => {
    const sources = Object.fromEntries(plan.map(({ key, dependsOn }) => [key, dependsOn]));
    expect(sources).toEqual({
      'A@256#1': null,
      'A-LRN@256#1': null,
      'B@256#1': 'A@256#1',
      'C@256#1': 'A@256#1',
      'D@256#1': 'A@256#1',
      'E@256#1': 'A@256#1',
      'C@384#1': 'C@256#1',
      'D@384#1': 'D@256#1',
      'E@384#1': 'E@256#1',
      'C@256-512#1': 'C@384#1',
      'D@256-512#1': 'D@384#1',
      'E@256-512#1': 'E@384#1',
    });
    for (const [position, { dependsOn }] of plan.entries()) {
      if (dependsOn === null) continue;
      expect(plan.findIndex(({ key }) => key === dependsOn)).toBeLessThan(position);
    }
    expect(planned('D@256#1')?.config.initialisation.layers).toBe('net-a');
    expect(planned('D@384#1')?.config.initialisation.layers).toBe('all');
  });

  it('brings the scales to the crop, and the rate of each stage', () => {
    const jittered = planned('E@256-512#1')?.config;
    expect(jittered?.data.trainScale).toEqual([64, 128]);
    expect(planned('E@384#1')?.evaluations).toEqual([
      { protocol: 'dense', testScales: [96] },
      { protocol: 'dense', testScales: [88, 96, 104] },
    ]);
    expect(jittered?.training.learningRate).toBe(quick.jittered.training?.learningRate);
  });

  it('lets overrides win over every stage, and refuses a wrong one', () => {
    const short = planStudy(quick, 'fashion-mnist', ['training.epochs=1', 'training.learningRate=0.1']);
    expect(short.every(({ config }) => config.training.epochs === 1)).toBe(true);
    expect(short.every(({ config }) => config.training.learningRate === 0.1)).toBe(true);
    expect(() => planStudy(quick, 'fashion-mnist', ['training.epoch=1'])).toThrow(
      expect.objectContaining({ code: 'unknown-key' }),
    );
  });

  it.each([
    ['network.config=D', 'npm run -s vgg -- train'],
    ['network={config: D}', 'npm run -s vgg -- train'],
    ['data.trainScale=64', 'network.crop'],
    ['data.dataset=photographs', '--data'],
    ['training.seed=3', '--seeds'],
    ['evaluation.testScales=64,72', 'npm run -s vgg -- evaluate'],
    ['initialisation.from=x.safetensors', 'npm run -s vgg -- train'],
    ['initialisation.layers=all', 'npm run -s vgg -- train'],
  ])('refuses %s, which is its own to settle', (override, nextStep) => {
    expect(() => planStudy(quick, 'fashion-mnist', ['training.epochs=1', override])).toThrow(
      expect.objectContaining({
        code: 'override-owned-by-study',
        nextStep: expect.stringContaining(nextStep) as unknown,
      }),
    );
  });

  it('trains every net anew for each seed', () => {
    const two = planStudy({ ...quick, seeds: [1, 2] }, 'fashion-mnist', []);
    expect(two).toHaveLength(24);
    expect(two.find(({ key }) => key === 'B@256#2')).toMatchObject({
      dependsOn: 'A@256#2',
      config: { training: { seed: 2 } },
    });
  });
});

describe('presets', () => {
  it.each(presetNames())('%s gives twelve runs that can be started', (name) => {
    expect(planStudy(loadPreset(name), 'some-folder', [])).toHaveLength(12);
  });

  it('paper has the numbers of Sect. 3.1', () => {
    const runs = planStudy(loadPreset('paper'), 'ilsvrc', []);
    const netA = runs.find(({ key }) => key === 'A@256#1')?.config;
    expect(netA?.network).toMatchObject({ crop: 224, width: 1, dropout: 0.5 });
    expect(netA?.training).toMatchObject({
      batch: 256,
      momentum: 0.9,
      weightDecay: 5e-4,
      learningRate: 0.01,
      epochs: 74,
    });
    expect(netA?.training.plateau).toMatchObject({ factor: 10, drops: 3 });
    expect(runs.find(({ key }) => key === 'D@384#1')?.config.training.learningRate).toBe(0.001);
    expect(runs.find(({ key }) => key === 'D@256-512#1')?.config.data.trainScale).toEqual([256, 512]);
  });

  it('refuses a name that is none, naming those there are', () => {
    expect(() => loadPreset('../quick')).toThrow(expect.objectContaining({ code: 'preset-unknown' }));
  });
});
