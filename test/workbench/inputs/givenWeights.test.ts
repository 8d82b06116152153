import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planWeights } from '../../../src-main/studies/planWeights.ts';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { givenWeights, type WeightsRequest } from '../../../src-main/workbench/inputs/givenWeights.ts';
import { referenceFolder } from '../../support/golden.ts';
import { foreignFile } from '../../weights/foreign.ts';

const preset = loadPreset('paper-evaluation');
const given = (...weights: WeightsRequest[]) => givenWeights('paper-evaluation', preset, weights);

/** Net D as Caffe has it, as if it were the authors' own. */
async function authors(change: object = {}) {
  const [weights] = (await given({ path: foreignFile('D.v1.caffemodel') })) ?? [];
  if (!weights) throw new Error('One file gives one net.');
  return { ...weights, network: { ...weights.network, crop: 224, width: 1, classes: 1000 }, ...change };
}

describe('weights for a study', () => {
  it("of Caffe and Keras have the S of the authors' nets; others need it given", async () => {
    expect((await authors()).trainScale).toEqual([256, 512]);
    expect(await given({ path: foreignFile('D.pth'), trainedAt: 256 })).toMatchObject([
      { title: 'torchvision', trainScale: 256, mean: [123.675, 116.28, 103.53], network: { config: 'D' } },
    ]);
    await expect(given({ path: foreignFile('D.pth') })).rejects.toMatchObject({
      code: 'trained-scale-unknown',
    });
  });

  it.each([
    ['are no net', 'checkpoint.pth', 'weights-of-no-net'],
    ['ask to run something', 'malicious.pth', 'weights-refused'],
    ['are not there', 'none.pth', 'weights-not-found'],
  ])('that %s are refused', async (_, name, code) => {
    await expect(given({ path: foreignFile(name), trainedAt: 256 })).rejects.toMatchObject({ code });
  });

  it('are needed by the preset that trains nothing, and by no other', async () => {
    await expect(givenWeights('paper-evaluation', preset, undefined)).rejects.toMatchObject({
      code: 'weights-needed',
    });
    const weights = [{ path: join(referenceFolder, 'D.safetensors') }];
    await expect(givenWeights('quick', loadPreset('quick'), weights)).rejects.toMatchObject({
      code: 'weights-not-for-preset',
    });
    expect(await givenWeights('quick', loadPreset('quick'), undefined)).toBeUndefined();
  });
});

describe('the plan of given weights', () => {
  it('scores each net for all rows of its S, and trains for no epoch', async () => {
    const plan = planWeights([await authors()], {
      preset,
      dataset: 'ILSVRC',
      overrides: [],
      tables: [3, 4, 5],
    });
    const scales = [256, 384, 512];
    expect(plan).toMatchObject([
      {
        key: 'D@256-512#1',
        dependsOn: null,
        evaluations: [
          { protocol: 'dense', testScales: [384] },
          { protocol: 'dense', testScales: scales },
          { protocol: 'multi-crop', testScales: scales },
          { protocol: 'multi-crop+dense', testScales: scales },
        ],
        config: {
          network: { config: 'D', width: 1, crop: 224, classes: 1000 },
          data: { dataset: 'ILSVRC', mean: [123.68, 116.779, 103.939], trainScale: [256, 512] },
          initialisation: { from: foreignFile('D.v1.caffemodel'), layers: 'all' },
          training: { epochs: 0 },
        },
      },
    ]);
  });

  it('has no place for an S without a row, for two of one row, or for other nets than the file has', async () => {
    const plan =
      (weights: Awaited<ReturnType<typeof authors>>[], overrides: string[] = []) =>
      () =>
        planWeights(weights, { preset, dataset: 'ILSVRC', overrides, tables: [3] });
    const one = await authors();
    const code = (text: string): unknown => expect.objectContaining({ code: text });
    expect(plan([await authors({ trainScale: 300 })])).toThrow(code('weights-without-row'));
    const small = { ...one.network, crop: 60 };
    expect(plan([await authors({ network: small })])).toThrow(code('weights-without-row'));
    expect(plan([one, one])).toThrow(code('weights-twice'));
    expect(plan([one], ['network.width=0.5'])).toThrow(code('override-owned-by-study'));
    expect(plan([one, await authors({ trainScale: 384 })])).not.toThrow();
  });
});
