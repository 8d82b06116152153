import { expect, test } from 'vitest';
import { bar } from '../../../../src-main/hosts/cli/output/bar.ts';
import { textTable } from '../../../../src-main/hosts/cli/output/textTable.ts';

test('a bar never leaves its width', () => {
  expect([0, 0.5, 1, 1.2].map((share) => bar(share, 4))).toEqual(['░░░░', '██░░', '████', '████']);
});

test('columns are as wide as they need, numbers to the right', () => {
  expect(
    textTable(
      ['Net', 'Error>'],
      [
        ['A', '29.6'],
        ['A-LRN', '9'],
      ],
    ),
  ).toBe(['Net    Error', 'A       29.6', 'A-LRN      9'].join('\n'));
});
