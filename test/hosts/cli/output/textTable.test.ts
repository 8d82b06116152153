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

test('a name can neither steer the terminal nor begin a line of its own', () => {
  expect(textTable(['Run', 'Name'], [['a', '\u001b[2J\u001b]0;title\u0007two\nlines']])).toBe(
    'Run  Name\na    \\u001b[2J\\u001b]0;title\\u0007two\\nlines',
  );
});
