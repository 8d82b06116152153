import { expect, it } from 'vitest';
import { scatterSize } from '../../../../../src-renderer/charts/print/scatterSvg.ts';
import { runColumns, type RunColumn } from '../../../../../src-renderer/views/runs/columns.ts';
import { parallelSvg } from '../../../../../src-renderer/views/runs/plots/parallelSvg.ts';
import { plotAxis } from '../../../../../src-renderer/views/runs/plots/plotAxis.ts';
import { plotCsv } from '../../../../../src-renderer/views/runs/plots/plotCsv.ts';
import { inset, runScatter } from '../../../../../src-renderer/views/runs/plots/runScatter.ts';
import { summary } from '../../../shared/runs/summary.ts';

function columnOf(id: string): RunColumn {
  const column = runColumns.find((each) => each.id === id);
  if (!column) throw new Error(`There is a column ${id}.`);
  return column;
}

const runs = [
  summary({ id: 'a1', name: 'A <one>', config: 'A', top1Error: 12, trainScale: [256, 512] }),
  summary({ id: 'd1', name: 'D one', config: 'D', top1Error: 27.5, trainScale: 256 }),
  summary({ id: 'd2', name: 'D two', config: 'D', top1Error: null, trainScale: 256 }),
];
const [net, error] = [columnOf('net'), columnOf('top1')];

it('prints one value over another, between round numbers, with what is selected apart', () => {
  const [x, y] = [plotAxis(net, runs), plotAxis(error, runs)];
  const picture = runScatter({ x, y }, runs, ({ id }) => id === 'd1');
  expect(picture.title).toBe('Top-1 error over Net');
  expect(picture.yTitle).toBe('Top-1 error, %');
  expect(picture.yTicks.map(({ label }) => label)).toEqual(['10', '15', '20', '25', '30']);
  // A at the left, 12 % a tenth of the way from 10 to 30 %.
  const [a, d] = picture.points;
  expect(a?.at[0]).toBe(inset);
  expect(a?.at[1]).toBeCloseTo(scatterSize.height - inset - 0.1 * (scatterSize.height - 2 * inset), 9);
  expect(d?.at[0]).toBe(scatterSize.width - inset);
  expect(picture.points).toHaveLength(2);
  expect(picture.legend.map(({ label }) => label)).toEqual(['selected (1)', 'others (1)']);
  expect(picture.caption).toMatch(/^2 runs on .*; 1 more has no value yet\.$/);
});

it('prints every run as a line across its axes, coloured by the last', () => {
  const axes = [net, error].map((column) => plotAxis(column, runs));
  const svg = parallelSvg(axes, runs, 'serif');
  // The axes are 528 pixels apart; A stands at 12 % of 10 to 30 %, D at 27.5 %.
  expect(svg.match(/<path d="M56 /g)).toHaveLength(3);
  expect(svg).toMatch(/<path d="M56 318L584 292" stroke="#2f5c9c"\/>/);
  expect(svg).toMatch(/<path d="M56 58L584 90\.5" stroke="#cfb95a"\/>/);
  expect(svg).toMatch(/<path d="M56 58" stroke="#888888"\/>/);
  for (const text of ['Runs over Net and Top-1 error', 'Top-1 error, %', '10', '30', 'A', 'D'])
    expect(svg).toContain(`>${text}</text>`);
  expect(svg).toContain('coloured by its Top-1 error.');
});

it('wraps titles of axes, shortens long texts, and leaves out ticks upon each other', () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    summary({ id: String(index), dataset: `a-folder-with-a-long-name-${index}`, top1Error: index }),
  );
  const svg = parallelSvg(
    ['dataset', 'net', 'seed', 'imagesPerSecond', 'duration', 'top1'].map((id) =>
      plotAxis(columnOf(id), many),
    ),
    many,
    'serif',
  );
  // 260 pixels have room for no more than 21 ticks that are 13 apart.
  const texts = [...svg.matchAll(/font-size="11">([^<]*…)</g)];
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.length).toBeLessThanOrEqual(21);
});

it('writes the values in full, each run once', () => {
  expect(plotCsv([columnOf('trainScale'), error], runs)).toBe(
    'Run,Name,S,"Top-1 error, %"\r\na1,A <one>,256-512,12\r\nd1,D one,256,27.5\r\nd2,D two,256,\r\n',
  );
});
