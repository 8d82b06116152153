import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { comparisonToCsv } from '../../../src-main/tables/comparison/csv.ts';
import { comparisonToLatex } from '../../../src-main/tables/comparison/latex.ts';
import { comparisonToMarkdown } from '../../../src-main/tables/comparison/markdown.ts';
import {
  comparisonOptionsSchema,
  type ComparisonOptions,
} from '../../../src-main/vocabulary/comparisonOptions.ts';
import { facts, tableOf } from './fixtures.ts';

// By hand: means 11 and 14, sample deviations √2 and √8.
const table = tableOf([facts('B', 1, 10), facts('B', 2, 12), facts('B-5x5', 1, 12), facts('B-5x5', 2, 16)]);
const half = tableOf([facts('B', 1, 10)]);
const latexRows = (options: ComparisonOptions, of = table) =>
  comparisonToLatex(of, options)
    .split('\n')
    .filter((line) => line.endsWith('\\\\'))
    .map((line) => line.trim());
const csv = (options: ComparisonOptions) =>
  parse<Record<string, string>>(comparisonToCsv(table, options), { columns: true });

describe('what stands after ±', () => {
  it('is the deviation over seeds, of every quantity that varies', () => {
    expect(latexRows({ columns: ['parameters', 'top1'], decimals: 3 })[3]).toBe(
      'B\\_5 & 1,250,000 & 14.000 $\\pm$ 2.828 \\\\',
    );
    expect(comparisonToLatex(table)).toContain('$\\pm$ is the standard deviation over seeds.');
  });

  // By numpy: 100 sqrt(p (1 − p) / 400) of 11 % and 14 % = 1.56444878 and 1.73493516.
  it('or the standard error over images, of errors alone', () => {
    const rows = latexRows({ columns: ['parameters', 'top1'], decimals: 4, spread: 'images' });
    expect(rows.slice(2)).toEqual([
      'B & 1,000,000 & 11.0000 $\\pm$ 1.5644 \\\\',
      'B\\_5 & 1,250,000 & 14.0000 $\\pm$ 1.7349 \\\\',
    ]);
    const [b] = csv({ spread: 'images' });
    expect(Number(b?.top1_standard_error)).toBeCloseTo(1.56444878, 7);
    expect(b).not.toHaveProperty('top1_deviation');
    expect(b).not.toHaveProperty('parameters_deviation');
  });

  it('or nothing', () => {
    expect(comparisonToMarkdown(table, { spread: 'none' })).not.toContain('±');
    expect(csv({ spread: 'none' })[0]).not.toHaveProperty('top1_deviation');
  });
});

describe('columns', () => {
  it('are those that are asked for, also such as the comparison does not show by itself', () => {
    expect(latexRows({ columns: ['depth', 'top1', 'interval', 'seeds'] })[0]).toBe(
      'Run & Top-1, \\% & 95 \\% & Layers & Seeds \\\\',
    );
    expect(Object.keys(csv({ columns: ['top5'] })[0] ?? {})).toEqual([
      ...['study', 'group', 'run', 'label', 'top5', 'top5_deviation'],
      ...['protocol', 'images', 'dataset', 'preset', 'crop', 'width'],
    ]);
    expect(comparisonToLatex(table, { columns: ['top1'] })).not.toContain('not those of ILSVRC');
    expect(comparisonOptionsSchema.safeParse({ columns: ['paper'] }).success).toBe(false);
  });

  // By SciPy: t.interval(0.95, 1, 11, 1) is −1.7062 to 23.7062; an error is not below 0.
  it('have the intervals of errors', () => {
    expect(latexRows({ columns: ['top1', 'interval'] })[2]).toContain('& 0.00--23.71 \\\\');
  });

  it('stay as they were where nothing is asked for, with what is paired beside them', () => {
    expect(comparisonToCsv(table, {})).toBe(comparisonToCsv(table));
    expect(latexRows({})[0]).toBe(
      'Run & Parameters & Training & Top-1, \\% & Top-5, \\% & Against the first & 95 \\% & p & Converged & Seeds \\\\',
    );
  });
});

it('sets the lowest error of a group in bold, and leaves out what was not run', () => {
  const options: ComparisonOptions = { columns: ['top1', 'top5'], bold: true };
  expect(latexRows(options).slice(2)).toEqual([
    'B & \\textbf{11.00 $\\pm$ 1.41} & \\textbf{5.50 $\\pm$ 0.71} \\\\',
    'B\\_5 & 14.00 $\\pm$ 2.83 & 7.00 $\\pm$ 1.41 \\\\',
  ]);
  expect(comparisonToMarkdown(table, options)).toContain('| B | **11.00 ± 1.41** | **5.50 ± 0.71** |');
  expect(comparisonToLatex(table, options)).toContain('The lowest error of a column in its group is bold.');
  expect(latexRows({ columns: ['top1'] }, half)).toHaveLength(4);
  expect(latexRows({ columns: ['top1'], onlyRun: true }, half).slice(2)).toEqual(['B & 10.00 \\\\']);
});
