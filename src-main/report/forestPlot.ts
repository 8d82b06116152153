import type { JudgedClaim } from '../claims/judged.ts';
import { verdictText } from '../vocabulary/claims.ts';
import { differenceText } from '../vocabulary/percentages.ts';
import { html, type Html } from './html.ts';
import { linearScale } from './scale.ts';

const width = 960;
const rowHeight = 20;
const top = 28;
const plot = { from: 430, to: 800 };

interface Measured extends JudgedClaim {
  effect: number;
  low: number;
  high: number;
}

function isMeasured(claim: JudgedClaim): claim is Measured {
  return claim.effect !== null && claim.low !== null && claim.high !== null;
}

/** Every claim that was measured as a point with its 95 % interval, and a ring where the paper has it. */
export function forestPlot(claims: readonly JudgedClaim[]): Html {
  const rows = claims.filter(isMeasured);
  if (rows.length === 0) return html`<p>No claim was measured.</p>`;
  const values = rows.flatMap(({ low, high, paperEffect }) => [
    low,
    high,
    ...(paperEffect === null ? [] : [paperEffect]),
  ]);
  const scale = linearScale([0, ...values], plot.from, plot.to);
  const bottom = top + rows.length * rowHeight;
  return html`<svg
    viewBox="0 0 ${width} ${bottom + 34}"
    role="img"
    aria-label="Effects of the claims with their intervals"
  >
    ${scale.ticks.map(
      (tick) =>
        html`<line
            class="grid"
            x1="${scale.at(tick)}"
            x2="${scale.at(tick)}"
            y1="${top - 8}"
            y2="${bottom}"
          /><text class="middle" x="${scale.at(tick)}" y="${bottom + 14}">${differenceText(tick)}</text>`,
    )}
    <line class="zero" x1="${scale.at(0)}" x2="${scale.at(0)}" y1="${top - 8}" y2="${bottom}" />
    <text class="middle" x="${(plot.from + plot.to) / 2}" y="${bottom + 30}">
      points of top-1 error, first side minus second
    </text>
    ${rows.map((claim, index) => rowOf(claim, top + index * rowHeight, scale.at))}
  </svg>`;
}

function rowOf(claim: Measured, y: number, at: (value: number) => number): Html {
  const { title, section, effect, low, high, paperEffect, verdict, margin, kind } = claim;
  const [least, most] = kind === 'equal' ? [-(margin ?? 0), margin ?? 0] : [0, margin ?? 0];
  return html`<g class="${verdict}">
    <text x="0" y="${y + 4}">${section} ${shortened(title)}</text>
    ${margin === null ? '' : html`<rect class="margin" x="${at(least)}" y="${y - 7}" width="${at(most) - at(least)}" height="14" />`}
    <line class="interval" x1="${at(low)}" x2="${at(high)}" y1="${y}" y2="${y}" />
    <circle class="point" cx="${at(effect)}" cy="${y}" r="4" />
    ${paperEffect === null ? '' : html`<circle class="paper" cx="${at(paperEffect)}" cy="${y}" r="4" />`}
    <text x="${plot.to + 12}" y="${y + 4}">${differenceText(effect)} ${verdictText(verdict)}</text>
  </g>`;
}

function shortened(title: string): string {
  return title.length > 64 ? `${title.slice(0, 63)}…` : title;
}
