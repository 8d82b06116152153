import { expect, it } from 'vitest';
import { describeNetwork } from '../../../../src-main/vgg/describe.ts';
import { cellTexts } from '../../../../src-renderer/ui/dataTable.ts';
import { memoryColumns, memoryRows, settingsOf } from '../../../../src-renderer/views/networks/memoryRows.ts';

const net = describeNetwork({ config: 'A', width: 1, crop: 224, classes: 1000 });

it('shows what is computed until something was measured', () => {
  expect(cellTexts(memoryColumns, memoryRows([net], [])).slice(1)).toEqual([
    ['A', 'training', '35.9 MB', '–', '–', '–'],
  ]);
});

it('shows both passes of a measured net, and how many times the computed bytes it takes', () => {
  const { config, width, crop, classes } = net;
  const pass = {
    computedBytesPerImage: 20e6,
    tensorBytesPerImage: 50.4e6,
    residentBytesPerImage: 60e6,
    measured: [],
  };
  const passes = [{ pass: 'training' as const, ...pass }];
  const rows = memoryRows([net], [{ config, width, crop, classes, device: 'cpu', passes }]);
  expect(cellTexts(memoryColumns, rows)[1]).toEqual([
    'A',
    'training',
    '20.0 MB',
    '50.4 MB',
    '60.0 MB',
    '3.00',
  ]);
});

it('asks for the net as it is described', () => {
  expect(settingsOf(net)).toContain('network.crop=224');
});
