import { expect, it } from 'vitest';
import type { LayerField } from '../../../../src-main/workbench/contract.ts';
import { describeNetwork } from '../../../../src-main/vgg/describe.ts';
import { receptiveFields } from '../../../../src-main/insight/receptiveFields.ts';
import { drawnRows, fieldRows, verdict } from '../../../../src-renderer/views/networks/fieldRows.ts';

const architecture = { config: 'resnet-34', width: 1, crop: 224, classes: 1000 } as const;
const network = describeNetwork(architecture);
const measured = receptiveFields(architecture).map((field, index): LayerField => ({
  name: network.layers[index]?.name ?? '',
  ...field,
}));

it('has a row for each layer up to the last map, and draws those on the chain', () => {
  const rows = fieldRows(network, undefined);
  expect(rows).toHaveLength(53);
  expect(rows[0]).toEqual({ name: 'conv1_1', computed: 7, measured: null, agrees: false });
  // 33 convolutions and the pool.
  expect(drawnRows(rows)).toHaveLength(34);
  expect(verdict(rows)).toBeNull();
});

it('tells whether side and stride of all are the computed ones', () => {
  expect(verdict(fieldRows(network, measured))).toEqual({
    agrees: true,
    text: 'all 53 layers see what was computed',
  });
  const wrong = measured.map((field) => (field.name === 'proj3_1' ? { ...field, stride: 4 } : field));
  expect(verdict(fieldRows(network, wrong))).toEqual({
    agrees: false,
    text: 'not what was computed: proj3_1',
  });
});
