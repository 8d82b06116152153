import { expect, it } from 'vitest';
import { fusionOverrides } from '../../src-main/vocabulary/fusionOverrides.ts';

it('asks for the posteriors to be kept', () => {
  expect(fusionOverrides({ protocol: 'dense', testScales: [64, 96] })).toEqual([
    'evaluation.protocol=dense',
    'evaluation.testScales=[64, 96]',
    'evaluation.keepPosteriors=true',
  ]);
});
