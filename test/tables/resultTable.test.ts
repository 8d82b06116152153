import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { tableToCsv } from '../../src-main/tables/csv.ts';
import { tableToLatex } from '../../src-main/tables/latex.ts';
import { escapeLatex } from '../../src-main/vocabulary/latex.ts';
import { tableToMarkdown } from '../../src-main/tables/markdown.ts';
import { resultTable } from '../../src-main/tables/resultTable.ts';
import type { TableEvaluation } from '../../src-main/tables/resultTable.ts';
import type { TableContext } from '../../src-main/tables/notes.ts';

const context: TableContext = {
  preset: 'quick',
  changes: [],
  dataset: 'Fashion_MNIST & co',
  ilsvrc: false,
  classes: 10,
  crop: 56,
  width: 0.25,
  protocol: 'dense',
  average: 'before-softmax',
  horizontalFlip: true,
  checkpoint: 'best',
};

function evaluation(changes: Partial<TableEvaluation> = {}): TableEvaluation {
  return {
    configs: ['D'],
    trainScale: [64, 128],
    testScales: [64, 96, 128],
    protocol: 'dense',
    average: 'before-softmax',
    horizontalFlip: true,
    checkpoint: 'best',
    seed: 1,
    images: 1000,
    dataset: 'Fashion_MNIST & co',
    top1Error: 12.3,
    top5Error: 0.4,
    convergences: [],
    outcome: null,
    ...changes,
  };
}

const csvRows = (...evaluations: TableEvaluation[]) =>
  parse<Record<string, string>>(tableToCsv(resultTable(4, context, evaluations)), { columns: true });
const rowOf = (rows: Record<string, string>[], config: string, scale: string) =>
  rows.find((row) => row.config === config && row.train_scale === scale);

describe('the CSV', () => {
  it('has the columns in their order and a line for every row of the paper', () => {
    const csv = tableToCsv(resultTable(3, context, []));
    const [header, ...rows] = parse(csv);
    expect(header?.slice(0, 7)).toEqual([
      'config',
      'train_scale',
      'test_scale',
      'top1_error',
      'top5_error',
      'paper_top1_error',
      'paper_top5_error',
    ]);
    expect(rows).toHaveLength(12);
    expect(csvRows()).toHaveLength(10);
    expect(rows[8]?.slice(0, 7)).toEqual(['D', '64-128', '96', '', '', '25.6', '8.1']);
  });

  it('says how the trainings of a row ended', () => {
    const convergences = [{ kind: 'improving', pointsPerEpoch: 0.5, trainError: 3 }] as const;
    const rows = csvRows(evaluation({ convergences }), evaluation({ configs: ['E'] }));
    expect(rowOf(rows, 'D', '64-128')?.converged).toBe('still improving, 0.5 points an epoch');
    expect(rowOf(rows, 'E', '64-128')?.converged).toBe('');
    const markdown = tableToMarkdown(resultTable(4, context, [evaluation({ convergences })]));
    expect(markdown).toContain('| 1 | still improving, 0.5 points an epoch |');
  });

  it("warns of a net whose dense and multi-crop evaluations disagree, and of a protocol that is not the paper's", () => {
    const crops = evaluation({ protocol: 'multi-crop', top1Error: 5 });
    expect(resultTable(5, context, [evaluation(), crops]).notes).toContainEqual(
      expect.stringMatching(/^D, S 64–128, seed 1: dense 12.3 % and multi-crop 5.0 % at Q 64,96,128/),
    );
    const other = { ...context, protocol: 'multi-crop-2x2', crop: 64 } as const;
    expect(resultTable(3, other, []).notes).toEqual(
      expect.arrayContaining([
        expect.stringContaining('nearest whole pixel'),
        expect.stringContaining('multi-crop-2x2 evaluation'),
      ]),
    );
  });

  it('leaves empty what was not run', () => {
    for (const row of csvRows()) {
      for (const name of [
        'top1_error',
        'top5_error',
        'top1_difference',
        'top1_deviation',
        'protocol',
        'images',
      ]) {
        expect(row[name], name).toBe('');
      }
      expect(row.seeds).toBe('0');
    }
  });

  it('carries our number, the difference and the whole protocol', () => {
    const rows = csvRows(evaluation());
    expect(rowOf(rows, 'D', '64-128')).toMatchObject({
      test_scale: '64,96,128',
      top1_error: '12.3',
      top5_error: '0.4',
      paper_top1_error: '24.8',
      paper_top5_error: '7.5',
      paper_train_scale: '256-512',
      paper_test_scale: '256,384,512',
      // By statsmodels: proportion_confint(123, 1000, method='wilson').
      top1_low: '10.4074',
      top1_high: '14.4811',
      interval: 'Wilson, over images',
      // Other images than the paper's.
      top1_difference: '',
      top5_difference: '',
      top1_deviation: '',
      seeds: '1',
      protocol: 'dense, score map averaged before softmax, with flip, best checkpoint',
      images: '1000',
      dataset: 'Fashion_MNIST & co',
      preset: 'quick',
      crop: '56',
      width: '0.25',
    });
    expect(rows.filter((row) => row.top1_error !== '')).toHaveLength(1);
  });

  it('gives mean and sample deviation over seeds, the last evaluation of each', () => {
    const rows = csvRows(
      evaluation({ seed: 1, top1Error: 99 }),
      evaluation({ seed: 2, top1Error: 14 }),
      evaluation({ seed: 1, top1Error: 12 }),
      evaluation({ seed: 3, top1Error: 13 }),
    );
    expect(rowOf(rows, 'D', '64-128')).toMatchObject({
      top1_error: '13',
      top1_deviation: '1',
      top5_deviation: '0',
      seeds: '3',
    });
  });

  it.each<Partial<TableEvaluation>>([
    { protocol: 'centre-crop' },
    { average: 'after-softmax' },
    { horizontalFlip: false },
    { checkpoint: 'last' },
    { testScales: [96] },
    { testScales: [128, 96, 64] },
    { trainScale: 64 },
    { configs: ['B-5x5'] },
    { configs: ['D', 'E'] },
  ])('does not count an evaluation with %j', (changes) => {
    const rows = csvRows(evaluation(changes));
    expect(rows.every((row) => row.top1_error === '')).toBe(true);
  });

  it.each<Partial<TableEvaluation>>([{ images: 999 }, { dataset: 'other' }])(
    'refuses to average seeds that differ in %j',
    (changes) => {
      expect(() => csvRows(evaluation(), evaluation({ seed: 2, ...changes }))).toThrow(/different images/);
    },
  );
});

describe('the notes', () => {
  const noteOf = (changes: Partial<TableContext>) => resultTable(3, { ...context, ...changes }, []).notes;

  it('stand in every export of a table that is not ILSVRC', () => {
    const table = resultTable(3, context, [evaluation({ trainScale: 64, testScales: [64] })]);
    expect(
      parse<Record<string, string>>(tableToCsv(table), { columns: true }).every((row) =>
        row.note?.startsWith('not ILSVRC'),
      ),
    ).toBe(true);
    expect(tableToMarkdown(table)).toContain('not ILSVRC');
    expect(tableToLatex(table)).toContain('not those of ILSVRC');
    for (const text of [tableToMarkdown(table), tableToLatex(table)])
      expect(text).toMatch(/with 10 classes top-5 says little/i);
  });

  it("are absent from the paper's own protocol, and tell a smaller net on ILSVRC", () => {
    const paper = { preset: 'paper', ilsvrc: true, classes: 1000, crop: 224, width: 1 };
    expect(noteOf(paper)).toEqual([]);
    expect(noteOf({ ...paper, crop: 112 })).toEqual([expect.stringContaining("not the paper's nets")]);
    expect(noteOf({ ...paper, preset: 'quick' })).toEqual([
      expect.stringContaining("not the paper's training: preset quick"),
    ]);
    expect(noteOf({ ...paper, ilsvrc: false })).toEqual([expect.stringContaining('not ILSVRC')]);
  });

  it('name what was changed from the preset, in every export', () => {
    const changed = { ...context, ilsvrc: true, classes: 1000, crop: 224, width: 1, preset: 'paper' };
    const table = resultTable(3, { ...changed, changes: ['training.epochs=1', 'data.colourShift=0'] }, []);
    for (const render of [tableToCsv, tableToMarkdown, tableToLatex]) {
      expect(render(table)).toMatch(/changed from preset paper: training.epochs=1, data.colourShift=0/i);
    }
  });
});

describe('Tables 5 and 6', () => {
  const rowsOfTable = (table: 5 | 6, ...evaluations: TableEvaluation[]) =>
    parse<Record<string, string>>(tableToCsv(resultTable(table, context, evaluations)), { columns: true });

  it('count each row by its own protocol, whatever that of the study', () => {
    const rows = rowsOfTable(5, evaluation({ protocol: 'multi-crop', top1Error: 11 }), evaluation());
    expect(
      rows.map(({ config, paper_protocol, top1_error }) => [config, paper_protocol, top1_error]),
    ).toEqual([
      ['D', 'dense', '12.3'],
      ['D', 'multi-crop', '11'],
      ['D', 'multi-crop+dense', ''],
      ['E', 'dense', ''],
      ['E', 'multi-crop', ''],
      ['E', 'multi-crop+dense', ''],
    ]);
  });

  it('take for a fusion only one of the same nets', () => {
    const rows = rowsOfTable(6, evaluation(), evaluation({ configs: ['D', 'E'], top1Error: 10 }));
    expect(rows.map(({ config, top1_error }) => [config, top1_error])).toEqual([
      ['D+E', '10'],
      ['D+E', ''],
      ['D+E', ''],
    ]);
    expect(rows[0]?.protocol).toBe(
      'mean posterior of the nets: dense, score map averaged before softmax, with flip, best checkpoint',
    );
  });

  it('print a column for the protocol', () => {
    const table = resultTable(6, context, [evaluation({ configs: ['D', 'E'], top1Error: 10 })]);
    const markdown = tableToMarkdown(table);
    expect(markdown).toContain('**Table 6: fusion of nets, ');
    expect(markdown).toContain('| Config | S | Q | Evaluation | Paper top-1 |');
    expect(markdown).toContain('| D + E | 64–128 | 64,96,128 | dense | 24.0 | 10.00 |');
    const lines = tableToLatex(table)
      .split('\n')
      .filter((line) => line.endsWith('\\\\'));
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.match(/(?<!\\)&/g)).toHaveLength(15);
  });
});

describe('LaTeX', () => {
  it('makes every special character plain', () => {
    expect(escapeLatex('50% of a_b & {c} #1 $x ~ ^ \\d')).toBe(
      '50\\% of a\\_b \\& \\{c\\} \\#1 \\$x \\textasciitilde{} \\textasciicircum{} \\textbackslash{}d',
    );
  });

  it('is a booktabs table with the same number of cells in each row', () => {
    const latex = tableToLatex(
      resultTable(4, context, [evaluation(), evaluation({ seed: 2, top1Error: 12.5 })]),
    );
    const rows = latex.split('\n').filter((line) => line.endsWith('\\\\'));
    expect(rows).toHaveLength(11);
    for (const row of rows) expect(row.match(/(?<!\\)&/g)).toHaveLength(14);
    expect(latex).toContain(
      'D & 64--128 & 64,96,128 & 24.8 & 12.40 $\\pm$ 0.14 & 11.13--13.67 &  & $-$1.5 & 1 & 1 &',
    );
    expect(latex).toContain('Fashion\\_MNIST \\& co');
    for (const rule of ['\\toprule', '\\midrule', '\\bottomrule']) expect(latex).toContain(rule);
    // What is not escaped is ours: braces pair up.
    const bare = latex.replaceAll(/\\[{}]/g, '');
    expect(bare.match(/\{/g)?.length).toBe(bare.match(/\}/g)?.length);
  });
});

describe('Markdown', () => {
  it('has as many cells in each row as in the head, also with odd names', () => {
    const markdown = tableToMarkdown(
      resultTable(4, { ...context, dataset: 'a|b *c*' }, [evaluation({ dataset: 'a|b *c*' })]),
    );
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(16);
    expect(markdown).toContain('| D | 64–128 | 64,96,128 | 24.8 | 12.30 | 10.41–14.48 |  | −1.5 | 1 | 1 |');
    const even = evaluation({ top1Error: 24.8, top5Error: 7.504 });
    const ofIlsvrc = tableToMarkdown(resultTable(4, { ...context, ilsvrc: true }, [even]));
    expect(ofIlsvrc).toContain(
      '| 24.8 | 24.80 | 22.22–27.57 | 0.00 |  | −1.5 | 7.5 | 7.50 | 6.03–9.30 | 0.00 |',
    );
    expect(markdown).toContain('a\\|b \\*c\\*');
    expect(markdown).toContain('9 of 10 rows were not run.');
  });
});
