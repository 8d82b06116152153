import { describe, expect, it } from 'vitest';
import { checkpointName, checkpointsInOrder } from '../../../../src-renderer/shared/runs/checkpoints.ts';
import { receptiveRegion } from '../../../../src-renderer/views/maps/receptiveRegion.ts';

const input = { width: 224, height: 224 };
// Two 3×3 convolutions see 5×5 pixels (Sect. 2.3), beginning two pixels beyond the border.
const field = { side: 5, stride: 1, offset: -2 };

describe('the region a unit sees', () => {
  it('lies about the unit, by the stride', () => {
    expect(receptiveRegion(field, { row: 10, column: 100 }, input)).toEqual({
      left: 98,
      top: 8,
      width: 5,
      height: 5,
      clipped: false,
    });
    expect(receptiveRegion({ side: 6, stride: 2, offset: -2 }, { row: 1, column: 4 }, input)).toMatchObject({
      left: 6,
      top: 0,
    });
  });

  it('ends at the border of the image', () => {
    expect(receptiveRegion(field, { row: 0, column: 223 }, input)).toEqual({
      left: 221,
      top: 0,
      width: 3,
      height: 3,
      clipped: true,
    });
    expect(receptiveRegion({ side: 404, stride: 32, offset: -90 }, { row: 0, column: 0 }, input)).toEqual({
      left: 0,
      top: 0,
      width: 224,
      height: 224,
      clipped: true,
    });
  });
});

describe('checkpoints on a slider', () => {
  it('go from the first kept epoch to the best', () => {
    expect(checkpointsInOrder(['best', 'epoch-0010', 'last', 'epoch-0002'])).toEqual([
      'epoch-0002',
      'epoch-0010',
      'last',
      'best',
    ]);
    expect(checkpointsInOrder(['last'])).toEqual(['last']);
    expect(checkpointName('epoch-0010')).toBe('epoch 10');
  });
});
