import { rmSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { resolveRunConfig } from '../../../src-main/configuration/resolve.ts';
import { Place } from '../../hosts/cli/support.ts';
import { openWorkbench } from '../../queue/support.ts';

const small = ['network.config=A', 'network.crop=32', 'network.width=0.03125', 'training.batch=10'];
let place: Place;
let opened: ReturnType<typeof openWorkbench>;
beforeEach(async () => {
  place = await Place.make();
  opened = openWorkbench(place.home);
});

describe('a preview', () => {
  it('tells everything that is wrong, each beside its key', async () => {
    const { client } = opened;
    const preview = await client.preview({
      overrides: ['training.batch=0', 'network.width=wide', 'training.learnRate=1', 'data.trainScale=5,6,7'],
    });
    expect(preview).toMatchObject({ config: null, cost: null, command: null, yaml: null });
    expect(preview.problems.map(({ key, code }) => [key, code]).sort()).toEqual([
      ['data.trainScale', 'invalid-value'],
      ['network.width', 'invalid-value'],
      ['training.batch', 'invalid-value'],
      ['training.learnRate', 'unknown-key'],
    ]);
    const conflicts = await client.preview({
      overrides: ['data.trainScale=64', 'evaluation.testScales=64', 'training.microBatch=7'],
    });
    expect(conflicts.problems.map(({ key }) => key)).toEqual([
      'data.trainScale',
      'evaluation.testScales',
      'training.microBatch',
    ]);
    expect((await client.preview({ preset: 'none', overrides: [] })).problems).toMatchObject([
      { key: '', code: 'preset-unknown' },
    ]);
  });

  it('looks at the images, the classes and the weights to start from', async () => {
    const { client } = opened;
    const wrong = await client.preview({
      overrides: ['data.dataset=/no/such/folder', 'initialisation.from=no-such-run'],
    });
    expect(wrong.problems.map(({ key, code }) => [key, code])).toEqual([
      ['initialisation.from', 'run-not-found'],
      ['data.dataset', 'dataset-not-found'],
    ]);
    expect(wrong.cost).toMatchObject({ parameters: 138_357_544, trainImages: null, secondsPerEpoch: null });
    const few = await client.preview({ overrides: ['network.classes=3'] });
    expect(few.problems.map(({ key, code }) => [key, code])).toEqual([
      ['network.classes', 'classes-do-not-fit'],
    ]);
  });

  it('knows the size of a dataset for a while, so that no key that is pressed waits for it', async () => {
    const { client } = opened;
    const data = await place.dataset({ train: 4, val: 2 });
    const overrides = [...small, `data.dataset=${data}`];
    const first = await client.preview({ overrides });
    expect(first.cost).toMatchObject({ trainImages: 40, stepsPerEpoch: 4, imagesPerSecond: null });
    expect(first.problems).toEqual([]);
    expect(resolveRunConfig({ file: { path: 'x', text: first.yaml ?? '' } })).toEqual(first.config);
    expect(parse(first.yaml ?? '')).toEqual(first.config);
    rmSync(data, { recursive: true });
    expect((await client.preview({ overrides })).cost).toMatchObject({ trainImages: 40 });
  });

  it('takes the rate from bench, and scales it to other nets by their effort', async () => {
    const { client } = opened;
    const measured = await client.bench({ overrides: small, steps: 1 });
    const rate = async (...overrides: string[]) => (await client.preview({ overrides })).cost;
    const same = await rate(...small);
    expect(same).toMatchObject({ imagesPerSecond: measured.trainImagesPerSecond });
    // 10,000 training images at that rate, and 2,000 validation images at that of inference.
    const { trainImagesPerSecond, inferenceImagesPerSecond } = measured;
    const epoch = 10_000 / trainImagesPerSecond + 2000 / inferenceImagesPerSecond;
    expect(same?.secondsPerEpoch).toBeCloseTo(epoch, 9);
    expect(same?.secondsInAll).toBeGreaterThan(74 * epoch);

    const other = await rate(...small, 'network.width=0.0625');
    expect(other?.imagesPerSecond).toBeLessThan(trainImagesPerSecond);
  });
});
