import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ComparedFacts } from '../../../src-main/tables/comparison/comparisonTable.ts';
import { comparisonToCsv } from '../../../src-main/tables/comparison/csv.ts';
import { comparisonSchema } from '../../../src-main/tables/comparison/definition.ts';
import { comparisonToLatex } from '../../../src-main/tables/comparison/latex.ts';
import { comparisonToMarkdown } from '../../../src-main/tables/comparison/markdown.ts';
import type { ComparisonRow } from '../../../src-main/tables/comparison/rows.ts';
import { codeOf } from '../../runs/fixtures.ts';
import { comparison, facts, tableOf } from './fixtures.ts';

// By hand: means 11 and 14, sample deviations √2 and √8.
const measured = [facts('B', 1, 10), facts('B', 2, 12), facts('B-5x5', 2, 16), facts('B-5x5', 1, 12)];
const rows = (all: readonly ComparedFacts[]) => tableOf(all).groups[0]?.rows ?? [];
const textsOf = (row: ComparisonRow | undefined) =>
  comparison.columns.map((key) => row?.cells[key]?.text ?? null);

describe('comparisonTable', () => {
  it('gives mean and deviation over seeds, what is counted once', () => {
    const [b, five] = rows(measured);
    expect(b?.cells.top1?.mean).toBe(11);
    expect(b?.cells.top1?.deviation).toBeCloseTo(Math.SQRT2, 12);
    expect(textsOf(five)).toEqual([
      '1,250,000',
      'learn since step 41–42 (2 of 2)',
      '14.00 ± 2.83',
      '7.00 ± 1.41',
    ]);
    expect(five).toMatchObject({
      seeds: [1, 2],
      images: 400,
      protocol: 'centre-crop, without flip, best checkpoint, Q=64',
      converged: '1 of 2 still improving, 1 of 2 converged',
    });
  });

  it('leaves open what is not known, and keeps what a net that diverged is', () => {
    const nothing = { evaluation: null, convergence: null };
    const diverged = facts('B', 1, 0, { ...nothing, outcome: { kind: 'diverged', step: 2 } });
    const [b, five] = rows([diverged]);
    expect(textsOf(b)).toEqual(['1,000,000', 'diverged at step 2', null, null]);
    expect(b).toMatchObject({ seeds: [], converged: null });
    expect(textsOf(five)).toEqual([null, null, null, null]);
    expect(tableOf([diverged]).groups[0]?.answers).toEqual([]);
  });

  it('tells of seeds that went different ways', () => {
    const stalled = facts('B', 2, 90, { outcome: { kind: 'stalled', step: null } });
    expect(rows([facts('B', 1, 10), stalled])[0]?.cells.outcome?.text).toBe(
      'learn since step 41 (1 of 2), stalled (1 of 2)',
    );
  });

  it('refuses errors on different images', () => {
    const others = facts('B-5x5', 1, 12);
    const evaluation = others.evaluation && { ...others.evaluation, images: 399 };
    expect(codeOf(() => tableOf([facts('B', 1, 10), { ...others, evaluation }]))).toBe('mixed-evaluations');
  });
});

describe('exports', () => {
  it('writes CSV in full figures', () => {
    const records = z
      .array(z.record(z.string(), z.string()))
      .parse(parse(comparisonToCsv(tableOf(measured)), { columns: true }));
    expect(records).toMatchObject([
      {
        run: 'B',
        parameters: '1000000',
        top1: '11',
        top1_deviation: String(Math.SQRT2),
        seeds: '2',
        converged: '1 of 2 still improving, 1 of 2 converged',
      },
      { run: 'B-5x5', outcome: 'learn since step 41–42 (2 of 2)' },
    ]);
    expect(records[1]?.protocol).toContain('Q=64');
  });

  it('writes Markdown with the statement, the answer and the protocol', () => {
    const text = comparisonToMarkdown(tableOf(measured));
    expect(text).toContain('| B\\_5 | 1,250,000 | learn since step 41–42 (2 of 2) | 14.00 ± 2.83 |');
    expect(text).toContain('*Two or one.* B is better by 7 points.');
    expect(text).toContain('> not ILSVRC');
    expect(text).toContain(
      'Errors: centre-crop, without flip, best checkpoint, Q=64; 400 validation images.',
    );
  });

  it('writes LaTeX with columns beside the quantities for the name, how training came out, and the seeds', () => {
    const text = comparisonToLatex(tableOf(measured));
    expect(text).toContain('\\begin{tabular}{lrlrrrrrlr}');
    expect(text).toContain('\\multicolumn{10}{l}{\\textit{Two or one}}');
    expect(text).toContain('B\\_5 & 1,250,000 & learn since step 41--42 (2 of 2) & 14.00 $\\pm$ 2.83');
  });
});

describe('comparisonSchema', () => {
  it('refuses a run that starts from a later one, and one that nothing compares', () => {
    const refused = (changes: object) =>
      comparisonSchema.safeParse({ ...comparison, ...changes }).error?.issues.map(({ message }) => message);
    const [first, second] = comparison.runs;
    expect(refused({ runs: [{ ...first, from: 'B-5x5' }, second] })).toEqual(['no run B-5x5 before B']);
    expect(refused({ groups: [{ ...comparison.groups[0], runs: ['B', 'D'] }] })).toEqual([
      'no group compares B-5x5',
      'there is no run D',
    ]);
  });
});
