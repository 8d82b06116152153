import { describe, expect, it } from 'vitest';
import { describeKey } from '../../../../src-main/configuration/keys.ts';
import {
  combinationName,
  combinations,
  readSweeps,
  sweepLines,
  sweepValues,
} from '../../../../src-renderer/views/new/run/sweeps.ts';

describe('values of a sweep', () => {
  it.each([
    ['training.learningRate', '0.001, 0.01; 0.1', ['0.001', '0.01', '0.1']],
    ['training.learningRate', '0.0001..0.1 in 4', ['0.0001', '0.001', '0.01', '0.1']],
    ['network.dropout', '0..0.5 in 3', ['0', '0.25', '0.5']],
    ['training.batch', '16..256 in 5', ['16', '32', '64', '128', '256']],
    ['evaluation.testScales', '56,64; 64,72', ['56,64', '64,72']],
    ['training.batch', '32,32', ['32']],
  ])('%s: %s', (key, text, values) => {
    expect(sweepValues(text, describeKey(key))).toEqual(values);
  });

  it('are none where nothing, or no range, is written', () => {
    for (const text of ['', '1,,2', '1..x in 3', '1..2 in 1']) {
      expect(sweepValues(text, describeKey('training.batch'))).toBeNull();
    }
  });
});

it('combines every value with every other, the last changing fastest', () => {
  const made = combinations([
    { key: 'training.learningRate', values: ['0.1', '0.01'] },
    { key: 'training.weightDecay', values: ['0', '0.0005'] },
  ]);
  expect(made.map(combinationName)).toEqual([
    'learningRate 0.1, weightDecay 0',
    'learningRate 0.1, weightDecay 0.0005',
    'learningRate 0.01, weightDecay 0',
    'learningRate 0.01, weightDecay 0.0005',
  ]);
  expect(combinations([]).map(combinationName)).toEqual(['']);
});

it('goes into an address and back', () => {
  const sweeps = [
    { key: 'training.batch', text: '16..64 in 3' },
    { key: 'network.config', text: 'A,B' },
  ];
  expect(readSweeps(sweepLines(sweeps))).toEqual(sweeps);
});
