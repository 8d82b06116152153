import { expect, it } from 'vitest';
import { describeKey, describeKeys } from '../../src-main/configuration/keys.ts';
import { configurations } from '../../src-main/vocabulary/configurations.ts';

it('says of each key what a form needs', () => {
  expect(describeKey('network.dropout')).toMatchObject({
    label: 'Dropout',
    paper: 'Sect. 3.1',
    choices: null,
    nullable: false,
    range: { integer: false, minimum: 0, maximum: null, above: null, below: 1 },
  });
  expect(describeKey('network.width')?.range).toMatchObject({ above: 0, maximum: 4 });
  expect(describeKey('network.config')).toMatchObject({
    label: 'Net',
    paper: 'Table 1',
    choices: [...configurations],
    range: null,
  });
  expect(describeKey('training.microBatch')).toMatchObject({
    nullable: true,
    paper: null,
    range: { integer: true, minimum: 1, maximum: 1_000_000 },
  });
  // Of each in a list, and of one number where both may be given.
  expect(describeKey('evaluation.testScales')?.range).toMatchObject({ minimum: 32, maximum: 4096 });
  expect(describeKey('evaluation.testScales')?.type).toBe(
    'list of whole numbers, each at least 32, at most 4096',
  );
  expect(describeKey('data.trainScale')?.range).toMatchObject({ integer: true, minimum: 32 });
  expect(describeKey('data.mean')).toMatchObject({ choices: ['training-set'], label: 'Mean RGB' });
});

it('has labels that no two keys of a section share', () => {
  const labels = describeKeys().map(({ key, label }) => `${key.split('.')[0] ?? ''} ${label}`);
  expect(new Set(labels).size).toBe(labels.length);
});
