import { claimCells, claimHeads, claimsSummary } from '../claims/printed.ts';
import { provenance, title } from '../tables/cells.ts';
import { printedColumns } from '../tables/columns.ts';
import { printedComparison } from '../tables/comparison/printed.ts';
import { provenance as comparisonProvenance } from '../tables/comparison/provenance.ts';
import type { ComparisonTable } from '../tables/comparison/rows.ts';
import type { ResultTable } from '../tables/resultTable.ts';
import type { ReportFacts } from './facts.ts';
import { forestPlot } from './forestPlot.ts';
import { facts, html, table, type Html } from './html.ts';
import { lineChart, type Curve } from './lineChart.ts';
import { style } from './style.ts';

/** Curves in one chart, so that each can be told apart. */
const mostCurves = 12;

/** A study as one HTML file that needs nothing else: no script, no image, no font from elsewhere. */
export function reportHtml(report: ReportFacts): string {
  const { study, preset, finishedAt, workbench, claims } = report;
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
      <title>Study ${study}</title>
      ${style}
    </head>
    <body>
      <h1>Study ${study}</h1>
      <p>
        Preset ${preset}; ${finishedAt === null ? 'not finished' : `finished ${finishedAt}`}; VGG Workbench
        ${workbench}. The claims of the paper come to: ${claimsSummary(claims)}.
      </p>
      ${section('Claims', claimsPart(report))}
      ${section('Results', [
        ...report.tables.map(tablePart),
        report.comparison ? comparisonPart(report.comparison) : '',
      ])}
      ${section('Curves', curvesPart(report))} ${section('Layers', layersPart(report))}
      ${section('Trainings', runsPart(report))} ${section('Protocol', settingsPart(report))}
      ${section('Data', facts(report.data))} ${section('Environment', report.environments.map(facts))}
      ${section('Reproducibility checklist', checklistPart(report))}
    </body>
  </html>`;
  return `<!doctype html>\n${String(page)}\n`;
}

function section(name: string, content: Html | readonly (Html | string)[]): Html {
  return html`<section>
    <h2>${name}</h2>
    ${content}
  </section>`;
}

function claimsPart({ claims }: ReportFacts): Html[] {
  const isText = (column: number) => column < 3 || column === claimHeads.length;
  return [
    forestPlot(claims.claims),
    html`<p class="note">
      Points are effects with their 95 % intervals, rings the paper's, bands margins. Claims that were tested
      share 5 % by Holm's method.
    </p>`,
    table(
      [...claimHeads, 'Why'],
      claims.claims.map((claim) => [...claimCells(claim), [claim.reason, ...claim.notes].join(' ')]),
      isText,
    ),
  ];
}

function tablePart(result: ResultTable): Html {
  const columns = printedColumns(result);
  return html`<h3>${title(result)}</h3>
    ${notesPart(result.notes)}
    ${table(
      columns.map(({ head }) => head),
      result.rows.map((row) => columns.map(({ text }) => text(row))),
      (column) => columns[column]?.isText === true,
    )}
    <p class="note">${provenance(result).join(' ')}</p>`;
}

function comparisonPart(comparison: ComparisonTable): Html {
  const { columns, groups } = printedComparison(comparison);
  return html`<h3>${comparison.title}</h3>
    <p>${comparison.question} (${comparison.source})</p>
    ${notesPart(comparison.notes)}
    ${groups.map(
      ({ title: name, statement, rows, answers }) =>
        html`<h4>${name}</h4>
          <p>${statement}</p>
          ${table(
            columns.map(({ head }) => head),
            rows.map((cells) => cells.map(({ text }) => text)),
            (column) => columns[column]?.isText === true,
          )}
          <p>${answers.join(' ')}</p>`,
    )}
    <p class="note">${comparisonProvenance(comparison).join(' ')}</p>`;
}

function notesPart(notes: readonly string[]): Html {
  return html`<ul class="warn">
    ${notes.map((note) => html`<li>${note}</li>`)}
  </ul>`;
}

function curvesPart({ validation, loss }: ReportFacts): Html[] {
  return [
    ...chunked(validation).map((curves) =>
      lineChart({ title: 'Validation, centre crop', xTitle: 'epoch', yTitle: 'top-1 error, %', curves }),
    ),
    ...chunked(loss).map((curves) =>
      lineChart({ title: 'Training loss', xTitle: 'step', yTitle: 'loss', curves }),
    ),
  ];
}

function layersPart({ layers }: ReportFacts): Html[] {
  return chunked(layers).map((curves) =>
    lineChart({
      title: "Norm of each layer's gradient, last logged step",
      xTitle: 'layer, from the input',
      yTitle: 'norm',
      curves,
      logarithmic: true,
    }),
  );
}

function chunked(curves: readonly Curve[]): Curve[][] {
  const parts = Math.ceil(curves.length / mostCurves);
  return Array.from({ length: parts }, (_, part) => curves.slice(part * mostCurves, (part + 1) * mostCurves));
}

function runsPart({ runs }: ReportFacts): Html {
  const rows = runs.map(({ key, seed, status, epochs, converged, top1Error, id }) => [
    ...[key, String(seed), status, epochs, top1Error === null ? '' : top1Error.toFixed(2), converged, id],
  ]);
  const names = ['Training', 'Seed', 'State', 'Epochs', 'Top-1, %', 'How it ended', 'Run'];
  return table(names, rows, (column) => [0, 2, 5, 6].includes(column));
}

function settingsPart({ settings }: ReportFacts): Html {
  return table(
    ['Setting', 'Value'],
    settings.map(({ key, values }) => [key, values]),
  );
}

function checklistPart({ checklist }: ReportFacts): Html {
  const marks = (met: boolean | null) => (met === null ? 'unknown' : met ? 'yes' : 'no');
  return table(
    ['Asked', 'Met', 'Here'],
    checklist.map(({ asked, met, answer }) => [asked, marks(met), answer]),
  );
}
