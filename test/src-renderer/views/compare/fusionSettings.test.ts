import { expect, it } from 'vitest';
import { readFusion } from '../../../../src-renderer/views/compare/fusionSettings.ts';

it('reads from the address how runs are scored, and nothing that is not so', () => {
  const read = (text: string) => readFusion(new URLSearchParams(text));
  expect(read('')).toEqual({});
  expect(read('fuse=multi-crop%2Bdense&q=64,96')).toEqual({
    protocol: 'multi-crop+dense',
    testScales: [64, 96],
  });
  expect(read('fuse=everything&q=wide')).toEqual({});
});
