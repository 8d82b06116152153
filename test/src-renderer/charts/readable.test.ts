import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seriesStyle } from '../../../src-renderer/charts/palette.ts';
import { chartGrounds, contrast, readableColour } from '../../../src-renderer/charts/readable.ts';

it('gives every colour of the palette the contrast of its theme, and leaves alone what has it', () => {
  for (let index = 0; index < 8; index++) {
    const { colour } = seriesStyle(index);
    expect(contrast(readableColour(colour, 'dark'), chartGrounds.dark)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(readableColour(colour, 'light'), chartGrounds.light)).toBeGreaterThanOrEqual(3);
  }
  expect(readableColour('#ffffff', 'dark')).toBe('#ffffff');
  expect(readableColour('#0077bb', 'light')).toBe('#0077bb');
});

it('computes the contrast as WCAG does', () => {
  // Black on white is 21; #767676 is the palest grey that has 4.5 on white (WebAIM's contrast checker: 4.54).
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

it('knows the grounds of the themes', () => {
  const css = readFileSync(
    join(import.meta.dirname, '..', '..', '..', 'src-renderer', 'styles', 'theme.css'),
    'utf8',
  );
  expect([...css.matchAll(/--surface: (#\w+);/g)].map(([, colour]) => colour)).toEqual([
    chartGrounds.light,
    chartGrounds.dark,
  ]);
});
