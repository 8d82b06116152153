import { describe, expect, it } from 'vitest';
import { paperRecipe, storedRunConfigSchema } from '../../src-main/configuration/paperRecipe.ts';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';

it('the paper preset says itself all in which the defaults have moved on', () => {
  const { base } = loadPreset('paper');
  for (const [section, values] of Object.entries(paperRecipe))
    expect(Object.keys(base[section] ?? {}), section).toEqual(expect.arrayContaining(Object.keys(values)));
  expect(resolveRunConfig({ preset: base })).toMatchObject({
    network: { crop: 224, width: 1, dropout: 0.5 },
    data: { mean: 'training-set', deviation: [1, 1, 1], colourShift: 0.1, horizontalFlip: true },
    initialisation: { scheme: 'normal', deviation: 0.01 },
    training: {
      batch: 256,
      epochs: 74,
      learningRate: 0.01,
      schedule: 'plateau',
      warmUpEpochs: 0,
      clipNorm: null,
      momentum: 0.9,
      weightDecay: 5e-4,
      plateau: { factor: 10, drops: 3 },
    },
  });
});

describe('a stored configuration', () => {
  it('of an earlier version trains on as it began: at a rate that falls with the error, on inputs that are not divided', () => {
    const { data, training, network } = resolveRunConfig({});
    const { schedule: _s, warmUpEpochs: _w, ...before } = training;
    const { deviation: _d, ...dataBefore } = data;
    const read = storedRunConfigSchema.parse({ network, data: dataBefore, training: before });
    expect(read.training).toMatchObject({ schedule: 'plateau', warmUpEpochs: 0 });
    expect(read.data.deviation).toEqual([1, 1, 1]);
    expect(read.initialisation.scheme).toBe('glorot');
  });

  it('of this version is read as it is', () => {
    const config = resolveRunConfig({
      overrides: ['training.schedule=cosine', 'data.deviation=training-set'],
    });
    expect(storedRunConfigSchema.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  it('that is none is refused', () => {
    expect(storedRunConfigSchema.safeParse({ training: 3 }).success).toBe(false);
    expect(storedRunConfigSchema.safeParse(null).success).toBe(false);
  });
});
