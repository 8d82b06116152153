import { describe, expect, it } from 'vitest';
import { resolveRunConfig, type ConfigSources } from '../../../src-main/configuration/resolve.ts';
import { withWeightsAsBase } from '../../../src-main/workbench/inputs/configSources.ts';
import { openLog } from '../../runs/fixtures.ts';
import { foreignFile } from '../../weights/foreign.ts';

/** What a start from a file comes to, beside settings of other sources. */
async function from(path: string, { overrides = [], ...others }: ConfigSources = {}) {
  const sources = { ...others, overrides: [`initialisation.from=${path}`, ...overrides] };
  return resolveRunConfig((await withWeightsAsBase(openLog(), sources)).sources);
}

describe('a start from weights', () => {
  it('sees what its net was trained on, whatever the default for new nets', async () => {
    const caffe = await from(foreignFile('D.v1.caffemodel'));
    expect(caffe.data).toMatchObject({ deviation: [1, 1, 1], channels: 'BGR' });
    const torch = await from(foreignFile('D.pth'));
    expect(torch.data).toMatchObject({ mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] });
    expect(torch.training.learningRate).toBe(0.01);
  });

  it('divides by nothing where only another mean is given', async () => {
    const overrides = ['data.mean=[1,2,3]'];
    const given = await from(foreignFile('D.pth'), { overrides });
    expect(given.data).toMatchObject({ mean: [1, 2, 3], deviation: [1, 1, 1] });
  });

  it("does not take a preset's, which is meant for nets from random weights", async () => {
    const preset = { data: { deviation: 'training-set', workers: 3 } };
    const config = await from(foreignFile('D.pth'), { preset });
    expect(config.data).toMatchObject({ deviation: [58.395, 57.12, 57.375], workers: 3 });
    const overrides = ['data.deviation=training-set'];
    expect((await from(foreignFile('D.pth'), { overrides })).data.deviation).toBe('training-set');
  });
});
