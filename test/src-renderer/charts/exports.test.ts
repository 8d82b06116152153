import { expect, it } from 'vitest';
import { chartCsv } from '../../../src-renderer/charts/chartCsv.ts';
import { chartSvg } from '../../../src-renderer/charts/chartSvg.ts';
import { seriesStyle } from '../../../src-renderer/charts/palette.ts';

const style = seriesStyle(1);

it('writes each series as a column and leaves gaps open', () => {
  const text = chartCsv(
    [
      { id: 'a', label: 'train', style, points: { x: [1, 2, 3], y: [0.5, NaN, 0.25] } },
      { id: 'b', label: 'val, centre crop', style, points: { x: [3], y: [1e-7] } },
    ],
    'step',
  );
  expect(text).toBe('Step,train,"val, centre crop"\r\n1,0.5,\r\n2,NaN,\r\n3,0.25,1e-7\r\n');
});

it('takes no markup from names and colours', () => {
  const curve = {
    colour: 'red"/><script>alert(1)</script>',
    dash: [],
    width: 1,
    opacity: 1,
    label: '</text><script>\u001b',
    points: [],
    band: [],
  };
  const svg = chartSvg(
    {
      title: '',
      xTitle: '',
      width: 40,
      area: { left: 5, top: 0, right: 40, bottom: 18 },
      xTicks: [],
      yTicks: [],
      curves: [curve],
      levels: [],
      marks: [],
      ends: [],
    },
    'sans-serif',
  );
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u001b');
  expect(svg).toContain('stroke="red&quot;/&gt;&lt;script');
  // What is no colour is not used in the window either.
  expect(seriesStyle(0, 'red; background: url(x)').colour).toBe(seriesStyle(0).colour);
  expect(seriesStyle(0, '#12abEF').colour).toBe('#12abEF');
});

it('draws curves with their gaps, dashes and names as SVG', () => {
  const svg = chartSvg(
    {
      title: 'Loss <train & val>',
      xTitle: 'Step',
      width: 400,
      area: { left: 50, top: 0, right: 400, bottom: 180 },
      xTicks: [{ at: 50, label: '0' }],
      yTicks: [{ at: 180, label: '0.1' }],
      curves: [
        {
          colour: '#ee7733',
          dash: [7, 3],
          width: 1.75,
          opacity: 1,
          label: 'val',
          points: [[50, 10.04], [60, 20], null, [70, 30.06], [80, 40]],
          band: [
            [50, 5],
            [60, 9],
            [60, 30],
          ],
        },
      ],
      levels: [
        { label: 'paper', lines: [90], arrow: null, box: { left: 300, right: 396, top: 76, bottom: 90 } },
        {
          label: 'far',
          lines: [],
          arrow: [
            [380, 5],
            [390, 5],
            [385, 1],
          ],
          box: { left: 300, right: 376, top: 0, bottom: 14 },
        },
      ],
      marks: [
        { label: 'best', colour: '#0077bb', x: 60, y: 20, box: { left: 70, right: 95, top: 10, bottom: 24 } },
      ],
      ends: [],
    },
    "'STIX Two Text', serif",
  );
  expect(svg).toContain(`font-family="'STIX Two Text', serif"`);
  expect(svg).toContain('d="M50 10L60 20M70 30.1L80 40"');
  expect(svg).toContain('stroke-dasharray="7 3"');
  expect(svg).toContain('>Loss &lt;train &amp; val&gt;</text>');
  expect(svg).toContain('>paper</text>');
  expect(svg.match(/stroke-dasharray="6 4"/g)).toHaveLength(1);
  expect(svg).toContain('<polygon points="380,5 390,5 385,1"');
  expect(svg).toContain('d="M50 5L60 9L60 30z" fill="#ee7733" fill-opacity="0.16"');
  expect(svg).toMatch(/<circle cx="60" cy="20" r="4.5"[^>]*stroke="#0077bb"[^]*>best<\/text>/);
  // No curve has its name beside its end: there is a legend.
  expect(svg).toContain('>val</text>');
  expect(svg.match(/<(svg|g|clipPath|text)\b/g)).toHaveLength(
    svg.match(/<\/(svg|g|clipPath|text)>/g)?.length ?? 0,
  );
});
