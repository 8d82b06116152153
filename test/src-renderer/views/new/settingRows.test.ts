import { expect, it } from 'vitest';
import { describeKeys } from '../../../../src-main/configuration/keys.ts';
import { WorkbenchError } from '../../../../src-main/foundation/errors.ts';
import { planStudy } from '../../../../src-main/studies/plan.ts';
import { loadPreset } from '../../../../src-main/studies/preset.ts';
import {
  keysOfTables,
  settingRows,
  withoutRow,
  withRow,
} from '../../../../src-renderer/views/new/study/settingRows.ts';

const keys = describeKeys();
const shown = (lines: string) => settingRows(lines, keys).map(({ key, text }) => [key, text]);

it('lines are fields by the labels of their keys, and fields are lines', () => {
  const lines = 'training.epochs=3\n training.earlyStopping = null\nno line\nx.y=1';
  expect(settingRows(lines, keys).map(({ description }) => description?.label)).toEqual([
    'Epochs',
    'Early stopping',
    undefined,
  ]);
  expect(shown(lines)).toEqual([
    ['training.epochs', '3'],
    ['training.earlyStopping', ''],
    ['x.y', '1'],
  ]);
  const changed = withRow(
    'training.epochs=3\ntraining.batch=8',
    { index: 0, key: 'training.epochs', text: '4' },
    keys,
  );
  expect(changed).toBe('training.epochs=4\ntraining.batch=8');
  expect(withRow(changed, { index: 2, key: 'network.width', text: '0.5' }, keys)).toBe(
    `${changed}\nnetwork.width=0.5`,
  );
  expect(withoutRow(changed, 0)).toBe('training.batch=8');
});

it('a text that YAML would read otherwise comes back as it was written', () => {
  const key = 'data.classList';
  for (const text of ['a #b.txt', '~/lists/classes.txt', '']) {
    expect(shown(withRow('', { index: 0, key, text }, keys))).toEqual([[key, text]]);
  }
});

it('offers none of the settings that a study of tables refuses', () => {
  // Null is no value of most: but a study refuses its own keys whatever their value.
  const refused = keys.filter(({ key }) => {
    try {
      planStudy(loadPreset('quick'), 'fashion-mnist', [`${key}=null`]);
      return false;
    } catch (error) {
      return error instanceof WorkbenchError && error.code === 'override-owned-by-study';
    }
  });
  expect(refused.map(({ key }) => key).toSorted()).toEqual(keysOfTables.toSorted());
});
