import { expect, it } from 'vitest';
import { shownValue } from '../../src-main/vocabulary/shownValue.ts';

it.each([
  ['data.dataset', 'fashion-scenes', 'fashion-scenes (synthetic)'],
  ['data.dataset', null, null],
  ['data.trainScale', [256, 512], '256–512'],
  ['data.trainScale', 256, 256],
  // What is written for a program stays.
  ['initialisation.from', 'fashion-scenes', 'fashion-scenes'],
  ['evaluation.testScales', [256, 512], [256, 512]],
])('%s: %j is shown as %j', (key, value, shown) => {
  expect(shownValue(key, value)).toEqual(shown);
});
