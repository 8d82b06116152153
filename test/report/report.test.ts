import { describe, expect, it } from 'vitest';
import type { JudgedClaim } from '../../src-main/claims/judged.ts';
import type { ReportFacts } from '../../src-main/report/facts.ts';
import { escapeHtml, html } from '../../src-main/report/html.ts';
import { lineChart } from '../../src-main/report/lineChart.ts';
import { reportHtml } from '../../src-main/report/report.ts';
import { linearScale, logarithmicScale } from '../../src-main/report/scale.ts';
import type { TableContext } from '../../src-main/tables/notes.ts';
import { resultTable } from '../../src-main/tables/resultTable.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&\u202e`;

function claim(text: string, changes: Partial<JudgedClaim> = {}): JudgedClaim {
  return {
    ...{
      id: 'one',
      section: '4.1',
      title: text,
      sentence: text,
      why: text,
      kind: 'equal',
      verdict: 'holds',
    },
    ...{
      reason: text,
      effect: -1,
      low: -2,
      high: 0.5,
      pValue: 0.01,
      pAdjusted: 0.02,
      images: 1000,
      seeds: 1,
    },
    ...{
      paperEffect: -1.1,
      margin: 0.5,
      marginReason: null,
      sides: [],
      pairs: [],
      missing: null,
      toDecide: null,
    },
    notes: [text],
    ...changes,
  };
}

function facts(text: string): ReportFacts {
  const curve = { label: text, x: [1, 2, 3], y: [50, NaN, 30] };
  const context: TableContext = {
    ...{ preset: text, changes: [text], dataset: text, ilsvrc: false, classes: 10, crop: 56, width: 1 },
    ...({ protocol: 'dense', average: 'before-softmax', horizontalFlip: true, checkpoint: 'best' } as const),
  };
  return {
    ...{ study: text, preset: text, finishedAt: null, workbench: text },
    data: [[text, text]],
    environments: [[[text, text]]],
    settings: [{ key: text, values: text }],
    runs: [{ key: text, id: text, seed: 1, status: text, epochs: text, converged: text, top1Error: 12 }],
    tables: [resultTable(3, context, [])],
    comparison: null,
    claims: { study: text, claims: [claim(text), claim(text, { effect: null })], passedOver: [], tested: 1 },
    ...{ validation: [curve], loss: [curve], layers: [curve] },
    checklist: [{ asked: text, met: null, answer: text }],
  };
}

describe('a report', () => {
  it('escapes every text, so that none becomes an element, an attribute or a script', () => {
    const page = reportHtml(facts(hostile));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('\u202e');
    // Everything between < and > is of the report's own making.
    const tags = page.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /alert|onerror=/.test(tag.replaceAll(/"[^"]*"/g, '""')))).toEqual([]);
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('refers to nothing outside itself, and allows no script', () => {
    const page = reportHtml(facts('plain'));
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import|https?:/);
  });

  it('has every part', () => {
    const page = reportHtml(facts('plain'));
    const heads = [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, head]) => head);
    expect(heads).toEqual([
      ...['Claims', 'Results', 'Curves', 'Layers', 'Trainings', 'Protocol', 'Data', 'Environment'],
      'Reproducibility checklist',
    ]);
    // Only the claim that was measured is drawn.
    expect(page.match(/class="point"/g)).toHaveLength(1);
  });
});

it('a chart leaves a gap where a value is not finite, and nothing of no values', () => {
  const chart = (y: number[]) =>
    String(lineChart({ title: 't', xTitle: 'x', yTitle: 'y', curves: [{ label: 'a', x: [0, 1, 2, 3], y }] }));
  const [, path = ''] = /<path[^>]* d="([^"]*)"/.exec(chart([1, 2, NaN, 4])) ?? [];
  expect(path.match(/M/g)).toHaveLength(2);
  expect(chart([NaN, NaN, NaN, NaN])).toBe('');
});

it('scales have round ticks that span the values', () => {
  expect(linearScale([0.3, 9.7], 0, 100).ticks).toEqual([0, 2, 4, 6, 8, 10]);
  expect(linearScale([5, 5], 0, 100).ticks).toEqual(
    [4.4, 4.6, 4.8, 5, 5.2, 5.4, 5.6].filter((tick) => tick > 4.3),
  );
  expect(logarithmicScale([0.02, 3], 0, 100).ticks).toEqual([0.01, 0.1, 1, 10]);
  expect(linearScale([0, 10], 0, 100).at(5)).toBe(50);
});

it('HTML of HTML is not escaped twice', () => {
  expect(String(html`<p>${html`<b>${'a & b'}</b>`}${[html`<i></i>`, null, 3]}</p>`)).toBe(
    '<p><b>a &amp; b</b><i></i>3</p>',
  );
  expect(escapeHtml(`'"`)).toBe('&#39;&quot;');
});
