import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { standardError } from '../../src-main/statistics/standardError.ts';
import { tableToCsv } from '../../src-main/tables/csv.ts';
import { tableToLatex } from '../../src-main/tables/latex.ts';
import { tableToMarkdown } from '../../src-main/tables/markdown.ts';
import type { TableContext } from '../../src-main/tables/notes.ts';
import { resultTable, type TableEvaluation } from '../../src-main/tables/resultTable.ts';
import type { TableOptions } from '../../src-main/vocabulary/tableOptions.ts';

const context: TableContext = {
  preset: 'quick',
  changes: [],
  dataset: 'photographs',
  ilsvrc: false,
  classes: 10,
  crop: 56,
  width: 0.25,
  protocol: 'dense',
  average: 'before-softmax',
  horizontalFlip: true,
  checkpoint: 'best',
};

function evaluation(changes: Partial<TableEvaluation>): TableEvaluation {
  return {
    ...{
      configs: ['D'],
      trainScale: [64, 128],
      testScales: [96],
      seed: 1,
      images: 1000,
      dataset: 'photographs',
    },
    ...{ protocol: 'dense', average: 'before-softmax', horizontalFlip: true, checkpoint: 'best' },
    ...{ top1Error: 12.3, top5Error: 0.4, convergences: [], outcome: null },
    ...changes,
  } satisfies TableEvaluation;
}

const threeSeeds = [12.3, 14.1, 13.5].map((top1Error, index) => evaluation({ top1Error, seed: index + 1 }));
const other = evaluation({ trainScale: 64, testScales: [64], top1Error: 15 });
const table = resultTable(3, context, [...threeSeeds, other]);
const csv = (options: TableOptions) =>
  parse<Record<string, string>>(tableToCsv(table, options), { columns: true });
const latexRows = (options: TableOptions, of = table) =>
  tableToLatex(of, options)
    .split('\n')
    .filter((line) => line.endsWith('\\\\'))
    .map((line) => line.trim());
const onlyErrors: TableOptions = { columns: [], onlyRun: true };

describe('what stands after ±', () => {
  // By numpy: std([12.3, 14.1, 13.5], ddof=1) = 0.91651514, and 100 sqrt(p (1 − p) / 1000) of 12.3 %, of the mean 13.3 %
  // and of 15 % = 1.03860965, 1.0738296 and 1.12915898.
  it('is the sample deviation over seeds, none for one seed', () => {
    const [, wide] = latexRows({ ...onlyErrors, decimals: 4 });
    expect(wide).toBe('D & 64 & 64 & 15.0000 & 0.4000 \\\\');
    expect(latexRows({ ...onlyErrors, decimals: 4 })[2]).toContain('& 13.3000 $\\pm$ 0.9165 &');
    expect(tableToLatex(table)).toContain('$\\pm$ is the standard deviation over seeds.');
  });

  it('or the standard error of an error rate over images', () => {
    expect(standardError(12.3, 1000)).toBeCloseTo(1.03860965, 8);
    const rows = latexRows({ ...onlyErrors, decimals: 4, spread: 'images' });
    expect(rows[1]).toContain('& 15.0000 $\\pm$ 1.1292 &');
    expect(rows[2]).toContain('& 13.3000 $\\pm$ 1.0738 &');
    const [, record] = csv({ onlyRun: true, spread: 'images' });
    expect(record).toMatchObject({ top1_error: '13.3', top1_standard_error: '1.0738' });
    expect(record).not.toHaveProperty('top1_deviation');
  });

  it('or nothing', () => {
    expect(tableToMarkdown(table, { spread: 'none' })).not.toContain('±');
    expect(csv({ spread: 'none' })[0]).not.toHaveProperty('top1_deviation');
  });
});

describe('columns', () => {
  it('are left out of the CSV and of what is printed, and only those', () => {
    const all = Object.keys(csv({})[0] ?? {});
    const without = Object.keys(csv({ columns: ['paper', 'interval', 'seeds'] })[0] ?? {});
    expect(all.filter((name) => !without.includes(name))).toEqual([
      ...['top1_difference', 'top5_difference'],
      ...[
        'reference',
        'effect',
        'effect_low',
        'effect_high',
        'effect_p',
        'effect_p_adjusted',
        'paper_effect',
      ],
      ...['rank', 'paper_rank', 'converged', 'note'],
    ]);
    expect(Object.keys(csv({ columns: [] })[0] ?? {}).filter((name) => name.startsWith('paper_'))).toEqual(
      [],
    );
    expect(latexRows({ columns: ['seeds'] })[0]).toBe('Config & S & Q & Top-1 & Top-5 & Seeds \\\\');
    expect(tableToLatex(table, { columns: [] })).not.toContain('not those of ILSVRC');
  });

  it('are all there, in all rows, where nothing is asked for', () => {
    expect(tableToCsv(table, {})).toBe(tableToCsv(table));
    expect(csv({})).toHaveLength(12);
    expect(csv({ onlyRun: true })).toHaveLength(2);
  });
});

it('sets in bold what is the lowest as printed, ours and the paper’s', () => {
  const ties = resultTable(3, context, [
    evaluation({ top1Error: 12.34 }),
    evaluation({ trainScale: 64, testScales: [64], top1Error: 12.31 }),
    evaluation({ trainScale: 96, testScales: [96], top1Error: 12.38 }),
  ]);
  const options: TableOptions = { columns: ['paper'], bold: true, decimals: 1, onlyRun: true };
  const lines = tableToMarkdown(ties, options)
    .split('\n')
    .filter((line) => line.startsWith('| D'));
  expect(lines).toEqual([
    '| D | 64 | 64 | 27.0 | **12.3** | 8.8 | **0.4** |',
    '| D | 96 | 96 | 26.8 | 12.4 | 8.7 | **0.4** |',
    '| D | 64–128 | 96 | **25.6** | **12.3** | **8.1** | **0.4** |',
  ]);
  expect(latexRows(options, ties)[3]).toBe(
    'D & 64--128 & 96 & \\textbf{25.6} & \\textbf{12.3} & \\textbf{8.1} & \\textbf{0.4} \\\\',
  );
});

describe('the paper’s layout', () => {
  it('names a net once over its scales, under the heads of the paper', () => {
    const latex = tableToLatex(table, { layout: 'paper' });
    expect(latex).toContain('% \\usepackage{booktabs,multirow}');
    expect(latex).toContain(
      '\\multicolumn{2}{c}{smallest image side} & \\multicolumn{2}{c}{top-1 val. error (\\%)}',
    );
    expect(latex).toContain('\\cmidrule(lr){2-3} \\cmidrule(lr){4-5} \\cmidrule(lr){6-7}');
    expect(latex).toContain('\\multirow{3}{*}{D} & 64 & 64 & 15.00 & 27.0 &');
    expect(latex).toContain('     & [64;128] & 96 & 13.30 $\\pm$ 0.92 & 25.6 &');
    // Nets A, A-LRN, B, C, D, E.
    expect(latex.match(/\\midrule/g)).toHaveLength(6);
    expect(tableToMarkdown(table, { layout: 'paper' })).toContain(
      '|  | \\[64;128\\] | 96 | 13.30 ± 0.92 | 25.6 |',
    );
  });

  it('has the method of evaluation in place of the scales where rows differ by it', () => {
    const five = tableToLatex(resultTable(5, context, []), { layout: 'paper' });
    expect(five).toContain('ConvNet config. & evaluation method & ours & paper & ours & paper');
    expect(five).toContain(' & multi-crop \\& dense &  & 24.4 &  & 7.2 ');
  });
});

it('writes a caption of sentences that says nothing twice', () => {
  const text = tableToLatex(table, { layout: 'paper', bold: true });
  expect(/\\caption\{(.*)\}/.exec(text)?.[1]).toBe(
    'Single test scale: top-1 and top-5 error (\\%) on 1,000 validation images of photographs (10 classes); preset quick, ' +
      'crop 56, width 0.25. Evaluated by dense, score map averaged before softmax, with flip, best checkpoint. The images ' +
      "are not those of ILSVRC: errors do not compare with the paper's. With 10 classes top-5 says little. $\\pm$ is the " +
      'standard deviation over seeds. The lowest error of a column is bold. 10 of 12 rows were not run.',
  );
});
