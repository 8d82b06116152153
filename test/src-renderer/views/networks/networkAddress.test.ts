import { expect, it } from 'vitest';
import { configurations } from '../../../../src-main/vocabulary/configurations.ts';
import {
  isPaperSize,
  netGroups,
  readChoice,
} from '../../../../src-renderer/views/networks/networkAddress.ts';

function choiceOf(query: string) {
  return readChoice(new URLSearchParams(query));
}

it('is D beside E at the paper’s size by itself', () => {
  const choice = choiceOf('');
  expect(choice).toEqual({ left: 'D', right: 'E', width: 1, crop: 224, classes: 1000 });
  expect(isPaperSize(choice)).toBe(true);
});

it('reads what an address has', () => {
  expect(choiceOf('left=A-LRN&right=none&width=0.125&crop=56&classes=10')).toEqual({
    left: 'A-LRN',
    right: null,
    width: 0.125,
    crop: 56,
    classes: 10,
  });
});

it('takes the paper’s size for what cannot be described', () => {
  expect(isPaperSize(choiceOf('width=0&crop=31&classes=1.5'))).toBe(true);
  expect(isPaperSize(choiceOf('width=wide&crop=5000&classes='))).toBe(true);
  expect(choiceOf('left=F').left).toBe('D');
});

it('offers every net once', () => {
  const offered = netGroups.flatMap(({ nets }): readonly string[] => nets);
  expect(offered.toSorted()).toEqual([...configurations].sort());
});
