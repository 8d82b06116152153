import { expect, test } from 'vitest';
import { excerpt, isPrintable, oneLine, printable, quoted } from '../../src-main/vocabulary/printable.ts';

test('what steers a terminal or hides is shown as an escape', () => {
  expect(printable('\u001b[31mred\u001b[0m\u0007')).toBe('\\u001b[31mred\\u001b[0m\\u0007');
  expect(printable('a\u009b2Jb\u007f\r')).toBe('a\\u009b2Jb\\u007f\\u000d');
  expect(printable('fdp\u202egnp.exe')).toBe('fdp\\u202egnp.exe');
  expect(printable('half \ud83d pair')).toBe('half \\ud83d pair');
});

test('other text stays as it is', () => {
  const text = 'café, Σ, 日本, 😀, a\tb\nc';
  expect(printable(text)).toBe(text);
  expect([isPrintable(text), isPrintable('\u0000')]).toEqual([true, false]);
  expect(oneLine('a\tb\nc')).toBe('a\\tb\\nc');
});

test('a quotation is short', () => {
  expect(excerpt('x'.repeat(80))).toBe('x'.repeat(80));
  expect(excerpt('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`);
  expect(Array.from(quoted('😀'.repeat(1000)))).toHaveLength(80);
  expect(quoted({ a: [1, 'b', Infinity, NaN] })).toBe('{"a":[1,"b",".inf",".nan"]}');
  expect([quoted(-Infinity), quoted(null), quoted(undefined)]).toEqual(['-.inf', 'null', 'nothing']);
});
