import { describe, expect, it } from 'vitest';
import {
  namesRun,
  parseRunKey,
  runKeyText,
  trainingOf,
  type RunKey,
} from '../../src-main/vocabulary/runKey.ts';

const cases: [text: string, key: RunKey][] = [
  ['D', { net: 'D' }],
  ['A-LRN@256#1', { net: 'A-LRN', trainScale: 256, seed: 1 }],
  ['D@256-512#12', { net: 'D', trainScale: [256, 512], seed: 12 }],
  ['D@384', { net: 'D', trainScale: 384 }],
  ['D-7x7#0', { net: 'D-7x7', seed: 0 }],
  ['A/glorot#1', { net: 'A', variant: 'glorot', seed: 1 }],
  ['D/from-A-glorot', { net: 'D', variant: 'from-A-glorot' }],
  ['D@256-512/glorot#1', { net: 'D', trainScale: [256, 512], variant: 'glorot', seed: 1 }],
  ['D+E@256-512', { net: 'D+E', trainScale: [256, 512] }],
];

describe('the key of a run', () => {
  it.each(cases)('%s is made of its parts and read back', (text, key) => {
    expect(runKeyText(key)).toBe(text);
    expect(parseRunKey(text)).toEqual({
      trainScale: undefined,
      variant: undefined,
      seed: undefined,
      ...key,
    });
  });

  it.each([
    '',
    '#1',
    '@256',
    'D@',
    'D@S',
    'D@256-384-512',
    'D#',
    'D#one',
    'D/',
    'D#1#2',
    'D/a/b',
    'D@256 #1',
  ])('is not %j', (text) => {
    expect(() => parseRunKey(text)).toThrow(RangeError);
  });

  it('names its training without the seed', () => {
    expect(['D@256-512#3', 'A/glorot#1', 'resnet-34#2', 'D@256'].map(trainingOf)).toEqual([
      'D@256-512',
      'A/glorot',
      'resnet-34',
      'D@256',
    ]);
  });
});

describe('a name', () => {
  it.each([
    ['D', 'D@256#1'],
    ['D@256', 'D@256#1'],
    ['D@256#1', 'D@256#1'],
    ['A', 'A/glorot#1'],
    ['A/glorot', 'A/glorot#1'],
    ['D@256-512', 'D@256-512/glorot#1'],
  ])('%s means %s', (name, key) => {
    expect(namesRun(name, key)).toBe(true);
  });

  it.each([
    ['A', 'A-LRN@256#1'],
    ['D@256', 'D@256-512#1'],
    ['D@256#1', 'D@256#12'],
    ['E', 'E-skip/pytorch#1'],
    ['A/from-A', 'A/from-A-glorot#1'],
    ['', 'D@256#1'],
    ['not a key', 'D@256#1'],
  ])('%j does not mean %s', (name, key) => {
    expect(namesRun(name, key)).toBe(false);
  });
});
