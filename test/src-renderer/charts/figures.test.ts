import { expect, it } from 'vitest';
import {
  scatterSize,
  scatterSvg,
  type ScatterPicture,
} from '../../../src-renderer/charts/print/scatterSvg.ts';
import { svgFile, widthOf, wrapped } from '../../../src-renderer/charts/print/svg.ts';

const picture: ScatterPicture = {
  title: 'Top-1 error over Net <D & E>',
  xTitle: 'Net',
  yTitle: 'Top-1 error, %',
  xTicks: [{ at: 0, label: 'D' }],
  yTicks: [{ at: scatterSize.height, label: '20' }],
  points: [
    { at: [0, 320], colour: '#0b62a8' },
    { at: [520, 0], colour: '"/><script>', bar: [0, 9], label: { text: '<b>', top: 3, isLeft: true } },
  ],
  legend: [{ colour: '#b3261e', label: 'selected (1)' }],
  caption: 'Two runs.',
};

it('draws points at their places, with titles, ticks, legend and caption', () => {
  const svg = scatterSvg(picture, "'STIX Two Text', serif");
  expect(svg).toContain(`font-family="'STIX Two Text', serif"`);
  // The plot begins 68 pixels from the left and 40 from the top.
  expect(svg).toContain('<circle cx="68" cy="360"');
  expect(svg).toContain('<circle cx="588" cy="40"');
  for (const text of ['Top-1 error over Net &lt;D &amp; E&gt;', 'Net', 'Top-1 error, %', 'D', '20'])
    expect(svg).toContain(`>${text}</text>`);
  expect(svg).toMatch(/text-anchor="middle" transform="rotate\(-90 16 200\)">Top-1 error, %</);
  expect(svg).toContain('>selected (1)</text>');
  expect(svg).toContain('>Two runs.</text>');
});

it('takes no markup from names and colours', () => {
  const svg = scatterSvg(picture, 'serif');
  expect(svg).not.toContain('<script');
  expect(svg).toContain('>&lt;b&gt;</text>');
});

it('is as large as it says, on white', () => {
  expect(svgFile({ width: 30, height: 20 }, 'serif', [])).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="30" height="20" viewBox="0 0 30 20"[^]*fill="#ffffff"/,
  );
});

it('breaks a text between words where it would be too wide', () => {
  const lines = wrapped('Deep nets of small filters err less than shallow nets of large ones', 150);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join(' ')).toBe('Deep nets of small filters err less than shallow nets of large ones');
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(150);
  expect(wrapped('a-word-that-is-too-long', 20)).toEqual(['a-word-that-is-too-long']);
  expect(wrapped('', 20)).toEqual([]);
});
