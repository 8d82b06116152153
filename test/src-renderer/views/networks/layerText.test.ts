import { expect, it } from 'vitest';
import type { Configuration } from '../../../../src-main/workbench/contract.ts';
import { describeNetwork } from '../../../../src-main/vgg/describe.ts';
import {
  layerColumns,
  layerRows,
  tableName,
  afterFilterText,
} from '../../../../src-renderer/views/networks/layerText.ts';
import { agrees, published } from '../../../../src-renderer/views/networks/published.ts';

function network(config: Configuration) {
  return describeNetwork({ config, width: 1, crop: 224, classes: 1000 });
}

it('names layers as Table 1 does', () => {
  const names = network('A-LRN').layers.map(tableName);
  expect(names.slice(0, 4)).toEqual(['conv3-64', 'LRN', 'maxpool', 'conv3-128']);
  expect(names.slice(-3)).toEqual(['FC-4096', 'FC-4096', 'FC-1000']);
  expect(network('C').layers.map(tableName)).toContain('conv1-256');
});

it('names the strides and pools of the nets of 34 layers', () => {
  const names = network('resnet-34').layers.map(tableName);
  expect(names.slice(0, 3)).toEqual(['conv7-64/2', 'maxpool 3×3', 'conv3-64']);
  expect(names.slice(-2)).toEqual(['avgpool 7×7', 'FC-1000']);
});

it('says what follows a filter', () => {
  const then = (config: Configuration, name: string) =>
    network(config)
      .layers.filter((layer) => layer.name === name)
      .map(afterFilterText);
  expect(then('E', 'conv2_2')).toEqual(['ReLU']);
  // The ReLU of the second convolution of a pair comes after the sum.
  expect(then('E-skip', 'conv2_2')).toEqual(['']);
  expect(then('E-skip', 'add2_1')).toEqual(['+ pool1, ReLU']);
  expect(then('resnet-34', 'proj3_1')).toEqual(['of add2_3, BN']);
});

// The counts come from src-main, the figures from the papers.
it('holds for the published counts what the nets count', () => {
  for (const [config, count] of Object.entries(published)) {
    if (count) expect(agrees(network(config as Configuration), count), config).toBe(true);
  }
  expect(published.D && agrees(network('E'), published.D)).toBe(false);
});

it('writes rows of one length, exact, with the total of each net last', () => {
  const rows = layerRows([network('D'), network('E')]);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([layerColumns.length + 1]));
  expect(rows[1]).toEqual([
    ...['D', 'conv1_1', '3×3', 'ReLU', '224×224×64', '1792', '86704128'],
    ...['12845056', '7168', '3', '1'],
  ]);
  expect(rows.at(-1)?.slice(0, 6)).toEqual(['E', 'total', '', '', 'depth 19', '143667240']);
});
