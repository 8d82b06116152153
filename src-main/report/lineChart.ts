import { html, type Html } from './html.ts';
import { linearScale, logarithmicScale } from './scale.ts';

/** A curve; values that are not finite leave a gap. */
export interface Curve {
  label: string;
  x: readonly number[];
  y: readonly number[];
}

export interface Chart {
  title: string;
  xTitle: string;
  yTitle: string;
  curves: readonly Curve[];
  logarithmic?: boolean;
}

const size = { width: 460, height: 250 };
const frame = { left: 52, right: 330, top: 24, bottom: 206 };
/** Dark enough on white, and told apart in most kinds of colour blindness (Okabe and Ito); then dashed. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'];
const dashes = ['', '6 3', '2 2'];

/** Curves over one axis, each named at the right. */
export function lineChart({ title, xTitle, yTitle, curves, logarithmic = false }: Chart): Html {
  const drawn = curves.map(({ label, x, y }) => ({ label, points: pointsOf(x, y, logarithmic) }));
  const all = drawn.flatMap(({ points }) => points.flat());
  if (all.length === 0) return html``;
  const x = linearScale(
    all.map((point) => point.x),
    frame.left,
    frame.right,
  );
  const scaleOf = logarithmic ? logarithmicScale : linearScale;
  const y = scaleOf(
    all.map((point) => point.y),
    frame.bottom,
    frame.top,
  );
  const pathOf = (parts: Point[][]) =>
    parts
      .map(
        (part) =>
          `M${part.map((point) => `${x.at(point.x).toFixed(1)} ${y.at(point.y).toFixed(1)}`).join('L')}`,
      )
      .join('');
  return html`<figure>
    <svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}">
      <text class="title" x="${frame.left}" y="14">${title}</text>
      ${y.ticks.map(
        (tick) =>
          html`<line
              class="grid"
              x1="${frame.left}"
              x2="${frame.right}"
              y1="${y.at(tick)}"
              y2="${y.at(tick)}"
            />
            <text class="end" x="${frame.left - 5}" y="${y.at(tick) + 4}">${numberText(tick)}</text>`,
      )}
      ${x.ticks.map(
        (tick) =>
          html`<text class="middle" x="${x.at(tick)}" y="${frame.bottom + 15}">${numberText(tick)}</text>`,
      )}
      <text class="middle" x="${(frame.left + frame.right) / 2}" y="${frame.bottom + 32}">${xTitle}</text>
      <text class="middle" transform="translate(11 ${(frame.top + frame.bottom) / 2}) rotate(-90)">
        ${yTitle}
      </text>
      ${drawn.map(({ label, points }, index) => curveOf(label, pathOf(points), index))}
    </svg>
  </figure>`;
}

/** A curve, and its name at the right. */
function curveOf(label: string, path: string, index: number): Html {
  const [left, y] = [frame.right + 10, frame.top + 14 * index];
  const colour = colourOf(index);
  const dash = dashOf(index);
  return html`<path fill="none" stroke="${colour}" stroke-dasharray="${dash}" d="${path}" />
    <line x1="${left}" x2="${left + 20}" y1="${y}" y2="${y}" stroke="${colour}" stroke-dasharray="${dash}" />
    <text x="${left + 24}" y="${y + 4}">${label}</text>`;
}

interface Point {
  x: number;
  y: number;
}

/** Stretches without a gap. */
function pointsOf(xs: readonly number[], ys: readonly number[], logarithmic: boolean): Point[][] {
  const stretches: Point[][] = [[]];
  for (const [index, x] of xs.entries()) {
    const y = ys[index] ?? NaN;
    if (Number.isFinite(y) && (!logarithmic || y > 0)) stretches.at(-1)?.push({ x, y });
    else stretches.push([]);
  }
  return stretches.filter((stretch) => stretch.length > 0);
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? '#000000';
}

function dashOf(index: number): string {
  return dashes[Math.floor(index / colours.length) % dashes.length] ?? '';
}

function numberText(value: number): string {
  return Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(0)
    : String(value);
}
