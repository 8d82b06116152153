import { describe, expect, it } from 'vitest';
import { describeKeys } from '../../../../src-main/configuration/keys.ts';
import { resolveRunConfig } from '../../../../src-main/configuration/resolve.ts';
import { valueAt } from '../../../../src-main/vocabulary/valueAt.ts';
import {
  differences,
  isChange,
  linesOf,
  overrideOf,
  shownText,
  textOf,
  textsOf,
} from '../../../../src-renderer/shared/settings/keyTexts.ts';

const keys = describeKeys();
const paper = resolveRunConfig({});
const descriptionOf = (key: string) => keys.find((description) => description.key === key);

describe('texts of fields', () => {
  it('are read back by the workbench as the values they were made of, for every key', () => {
    const config = resolveRunConfig({
      overrides: [
        ...['network.config=B-5x5', 'network.crop=56', 'data.trainScale=64-128', 'data.mean=1,2,3'],
        ...['evaluation.testScales=64,96', 'training.earlyStopping=4', 'training.learningRate=1e-4'],
        ...[
          'initialisation.variance=0.01',
          'data.dataset="/images #1: all"',
          'evaluation.horizontalFlip=false',
        ],
      ],
    });
    const texts = differences(keys, config, paper);
    expect([...texts.keys()]).toContain('data.dataset');
    const overrides = [...texts].map(([key, text]) => overrideOf(key, text, descriptionOf(key)));
    expect(resolveRunConfig({ overrides })).toEqual(config);
    // And back: what a field is emptied of is null again.
    const emptied = keys.map(({ key }) =>
      overrideOf(key, textOf(key, valueAt(paper, key)), descriptionOf(key)),
    );
    expect(resolveRunConfig({ overrides: [...overrides, ...emptied] })).toEqual(paper);
  });

  it('outlive the address', () => {
    const texts = new Map([
      ['data.dataset', '/images/a=b'],
      ['training.epochs', '3'],
    ]);
    const address = new URLSearchParams({ set: linesOf(texts) }).toString();
    expect(textsOf(new URLSearchParams(address).get('set') ?? '')).toEqual(texts);
    expect(textsOf('')).toEqual(new Map());
  });

  it('are no change where they say what holds anyway, but for scales, which follow the crop', () => {
    expect(isChange('training.epochs', '74', paper)).toBe(false);
    expect(isChange('training.epochs', '7', paper)).toBe(true);
    expect(isChange('training.microBatch', '', paper)).toBe(false);
    expect(isChange('data.trainScale', '256', paper)).toBe(true);
  });
});

it('shows measured numbers with no more decimals than a person reads, and all else as it is', () => {
  expect(shownText('data.mean', '123.675,116.28000183105469,103.53')).toBe('123.67,116.28,103.53');
  expect(shownText('data.deviation', '0.229481,1, 57.375')).toBe('0.229,1,57.38');
  expect(shownText('data.mean', 'training-set')).toBe('training-set');
  expect(shownText('data.mean', '1,2,x')).toBe('1,2,x');
  expect(shownText('training.learningRate', '0.0123456')).toBe('0.0123456');
});
