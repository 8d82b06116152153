import { expect, it } from 'vitest';
import type { Configuration } from '../../../../src-main/workbench/contract.ts';
import { describeNetwork } from '../../../../src-main/vgg/describe.ts';
import { layerColumns, layerRows, tableName } from '../../../../src-renderer/views/networks/layerText.ts';
import { table2 } from '../../../../src-renderer/views/networks/table2.ts';

function network(config: Configuration) {
  return describeNetwork({ config, width: 1, crop: 224, classes: 1000 });
}

it('names layers as Table 1 does', () => {
  const names = network('A-LRN').layers.map(tableName);
  expect(names.slice(0, 4)).toEqual(['conv3-64', 'LRN', 'maxpool', 'conv3-128']);
  expect(names.slice(-3)).toEqual(['FC-4096', 'FC-4096', 'FC-1000']);
  expect(network('C').layers.map(tableName)).toContain('conv1-256');
});

// The counts come from src-main, the figures from the paper.
it('holds for Table 2 what the nets count', () => {
  for (const [config, millions] of Object.entries(table2)) {
    if (millions === null) continue;
    expect(Math.round(network(config as Configuration).parameters / 1e6), config).toBe(millions);
  }
});

it('writes rows of one length, exact, with the total of each net last', () => {
  const rows = layerRows([network('D'), network('E')]);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([layerColumns.length + 1]));
  expect(rows[1]).toEqual([
    ...['D', 'conv1_1', '3×3', '224×224×64', '1792', '86704128'],
    ...['12845056', '7168', '3', '1'],
  ]);
  expect(rows.at(-1)?.slice(0, 5)).toEqual(['E', 'total', '', 'depth 19', '143667240']);
});
