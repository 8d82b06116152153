export interface Line {
  name: string;
  points: readonly { x: number; y: number }[];
}

const [width, height, left, right, top, bottom] = [560, 300, 60, 130, 16, 44];
/** To be told apart without colours too, by the names at their ends; readable on white and on black. */
const colours = ['#1f6fb2', '#5aa9e6', '#c0562b', '#e69a5a'];

/** Lines over two logarithmic axes, as an SVG file's text. */
export function linePlot(xTitle: string, yTitle: string, lines: readonly Line[]): string {
  const points = lines.flatMap(({ points }) => points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((one, other) => one - other);
  const ticks = ticksFor(points.map(({ y }) => y));
  const across = scaleOf(xs[0] ?? 1, xs.at(-1) ?? 1, left, width - right);
  const up = scaleOf(ticks[0] ?? 1, ticks.at(-1) ?? 1, height - bottom, top);
  const text = (x: number, y: number, anchor: string, content: string, fill = '#777') =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${fill}">${content}</text>`;
  const rule = (y: number) =>
    `<line x1="${left}" x2="${width - right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#8884"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    ...ticks.flatMap((tick) => [rule(up(tick)), text(left - 8, up(tick) + 4, 'end', String(tick))]),
    ...xs.map((x) => text(across(x), height - bottom + 18, 'middle', String(x))),
    text((left + width - right) / 2, height - 8, 'middle', xTitle),
    `<text transform="translate(14 ${(height - bottom) / 2}) rotate(-90)" text-anchor="middle" fill="#777">${yTitle}</text>`,
    ...lines.flatMap(({ name, points }, index) => {
      const colour = colours[index % colours.length] ?? '#777';
      const last = points.at(-1);
      const path = points.map(({ x, y }) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`).join(' ');
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...points.map(
          ({ x, y }) =>
            `<circle cx="${across(x).toFixed(1)}" cy="${up(y).toFixed(1)}" r="3" fill="${colour}"/>`,
        ),
        last ? text(across(last.x) + 8, up(last.y) + 4, 'start', name, colour) : '',
      ];
    }),
    '</svg>\n',
  ].join('\n');
}

function scaleOf(least: number, greatest: number, from: number, to: number): (value: number) => number {
  const range = Math.log(greatest / least);
  return (value) => (range === 0 ? (from + to) / 2 : from + ((to - from) * Math.log(value / least)) / range);
}

/** 1, 2 and 5 times powers of ten around the values. */
function ticksFor(values: readonly number[]): number[] {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const all = Array.from({ length: 13 }, (_, power) =>
    [1, 2, 5].map((digit) => digit * 10 ** (power - 3)),
  ).flat();
  const first = all.findLastIndex((tick) => tick <= least);
  const last = all.findIndex((tick) => tick >= greatest);
  return all.slice(Math.max(0, first), last + 1);
}
