import { describe, expect, it } from 'vitest';
import { describeKeys } from '../../../../src-main/configuration/keys.ts';
import { arrange, explanationOf, fieldKind } from '../../../../src-renderer/views/new/fields/fields.ts';
import { parseSeeds } from '../../../../src-renderer/views/new/seeds.ts';

const keys = describeKeys();
const kindOf = (name: string) => keys.filter(({ key }) => key === name).map(fieldKind);

describe('the form', () => {
  it('has a place for every key, once', () => {
    const { main, rest } = arrange(keys);
    const placed = [...main, ...rest.flatMap((section) => section.keys)].map(({ key }) => key);
    expect(placed.toSorted()).toEqual(keys.map(({ key }) => key).toSorted());
    expect(main.map(({ key }) => key).slice(0, 3)).toEqual([
      'network.config',
      'network.width',
      'network.crop',
    ]);
    expect(rest.map(({ title }) => title)).toEqual([
      'Network',
      'Data',
      'Initialisation',
      'Training',
      'Evaluation',
    ]);
  });

  it('edits each key with what fits its values', () => {
    expect(kindOf('network.config')).toEqual(['choice']);
    expect(kindOf('data.horizontalFlip')).toEqual(['switch']);
    expect(kindOf('training.microBatch')).toEqual(['number']);
    // The word training-set, or three numbers.
    expect(kindOf('data.mean')).toEqual(['text']);
    expect(kindOf('evaluation.testScales')).toEqual(['text']);
    expect(kindOf('data.trainScale')).toEqual(['scale']);
  });

  it('tells the section of the paper beside the label and not again', () => {
    const explained = keys.map((key) => [key.paper, explanationOf(key)] as const);
    for (const [paper, text] of explained) {
      if (paper?.startsWith('Sect.')) expect(text).not.toContain(`(${paper})`);
    }
    expect(keys.filter(({ key }) => key === 'training.momentum').map(explanationOf)).toEqual(['']);
  });
});

describe('seeds', () => {
  it('are whole numbers with commas between, each once', () => {
    expect(parseSeeds('1, 2,3,2')).toEqual([1, 2, 3]);
    expect(parseSeeds(' 7 ')).toEqual([7]);
    for (const wrong of ['', '1,', '-1', '1.5', 'one']) expect(parseSeeds(wrong)).toBeNull();
  });
});
