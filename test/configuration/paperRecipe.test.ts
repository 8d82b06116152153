import { describe, expect, it } from 'vitest';
import { storedRunConfigSchema } from '../../src-main/configuration/paperRecipe.ts';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';

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
