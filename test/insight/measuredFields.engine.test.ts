import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors } from '../../src-main/engine/tensorflow.ts';
import { measureFields, type MeasuredField } from '../../src-main/insight/measuredFields.ts';
import { Pace } from '../../src-main/insight/Pace.ts';
import { receptiveFields } from '../../src-main/insight/receptiveFields.ts';
import { layersOf } from '../../src-main/vgg/layersOf.ts';
import { configurations, type Configuration } from '../../src-main/vocabulary/configurations.ts';
import { openTestEngine } from '../support/engine.ts';

beforeAll(openTestEngine);

/** Each net is measured once. */
const measuredOf = new Map<Configuration, MeasuredField[]>();
async function measure(config: Configuration): Promise<MeasuredField[]> {
  const measured =
    measuredOf.get(config) ?? (await measureFields(config, new Pace(new AbortController().signal)));
  measuredOf.set(config, measured);
  return measured;
}

describe('measured receptive fields', () => {
  it.each(configurations)('of net %s are those that were computed, layer by layer', async (config) => {
    const architecture = { config, width: 1, crop: 224, classes: 1000 };
    const computed = receptiveFields(architecture);
    const before = liveTensors();
    const measured = await measure(config);
    expect(liveTensors()).toBe(before);
    const layers = layersOf(architecture).filter(({ kind }) => kind !== 'average' && kind !== 'fc');
    expect(measured).toEqual(layers.map(({ name }, index) => ({ name, ...computed[index] })));
  });

  it('are equal for three 3×3 layers and one of 7×7 (Sect. 2.3), two of 3×3 and one of 5×5 (Sect. 4.1)', async () => {
    const fields = async (config: 'B' | 'B-5x5' | 'D' | 'D-7x7') =>
      Object.fromEntries((await measure(config)).map(({ name, side }) => [name, side]));
    const [d, wide] = [await fields('D'), await fields('D-7x7')];
    const [b, lessDeep] = [await fields('B'), await fields('B-5x5')];
    // By hand: 16 pixels at stride 4 behind the second pool; three 3×3 add 6 units, as one 7×7 does.
    expect([d.conv3_3, wide.conv3_1]).toEqual([16 + 6 * 4, 16 + 6 * 4]);
    expect(wide.pool5).toBe(d.pool5);
    expect([b.conv1_2, lessDeep.conv1_1]).toEqual([5, 5]);
    expect(lessDeep.pool5).toBe(b.pool5);
  });

  it('of the residual net add up by hand', async () => {
    const measured = await measure('resnet-34');
    // The stem sees 7 at stride 2, its pool 11 at 4; then two a convolution, and the stride doubles thrice.
    expect(measured.find(({ name }) => name === 'add2_3')?.side).toBe(11 + 6 * 8);
    expect(measured.at(-1)).toMatchObject({
      name: 'add5_3',
      side: 11 + 6 * 8 + (8 + 7 * 16) + (16 + 11 * 32) + (32 + 5 * 64),
      stride: 32,
    });
    // A projection sees what its shortcut sees, spread by its stride.
    expect(measured.find(({ name }) => name === 'proj3_1')).toMatchObject({ side: 59, stride: 8 });
  });
});
