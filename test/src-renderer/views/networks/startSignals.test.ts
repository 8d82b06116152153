import { describe, expect, it } from 'vitest';
import type { LayerSignal } from '../../../../src-main/workbench/contract.ts';
import {
  decades,
  decadeTicks,
  signalPoints,
  startQuestions,
  startRows,
} from '../../../../src-renderer/views/networks/startSignals.ts';

const layers: LayerSignal[] = [
  { name: 'conv1_1', activation: 0.5, gradient: 1e-3, weight: 4 },
  { name: 'lrn1', activation: 0.4, gradient: null, weight: null },
  { name: 'conv2_1', activation: 1e-6, gradient: 0, weight: 4 },
  { name: 'fc8', activation: NaN, gradient: 2, weight: 1 },
];

describe('the start of nets', () => {
  it('has a point for each layer with weights that a logarithm has a place for', () => {
    expect(signalPoints(layers, 'activation').map(({ name, depth }) => [name, depth])).toEqual([
      ['conv1_1', 1],
      ['conv2_1', 2],
    ]);
    expect(signalPoints(layers, 'gradient').map(({ name, depth }) => [name, depth])).toEqual([
      ['conv1_1', 1],
      ['fc8', 3],
    ]);
  });

  it('has an axis of powers of ten that holds all values', () => {
    expect(decades([0.5, 1e-6, 3])).toEqual([-6, 1]);
    expect(decades([1])).toEqual([0, 1]);
    expect(decades([])).toEqual([-1, 1]);
    expect(decadeTicks([-6, 1])).toEqual([1, -1, -3, -5]);
    expect(decadeTicks([0, 2])).toEqual([2, 1, 0]);
  });

  it('asks for each net of Table 1 by each scheme, and prints all layers', () => {
    expect(startQuestions).toHaveLength(30);
    expect(startRows([{ net: 'A', scheme: 'he', loss: 2.3, layers }]).slice(1, 3)).toEqual([
      ['he', 'A', 'conv1_1', '0.500000', '0.00100000', '4.00000'],
      ['he', 'A', 'lrn1', '0.400000', '', ''],
    ]);
  });
});
