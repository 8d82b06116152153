import { expect, it } from 'vitest';
import { chosenOf, chosenText } from '../../../../src-renderer/views/new/study/chosenWritten.ts';

const nets = ['A', 'B', 'D', 'E'] as const;

it('writes what is chosen into an address and reads it again', () => {
  for (const chosen of [[], ['A'], ['B', 'D'], [...nets]] as const) {
    const text = chosenText(new Set(chosen), nets);
    expect([...chosenOf(text === '' ? null : text, nets)]).toEqual(chosen);
  }
  expect(chosenText(new Set(nets), nets)).toBe('');
  expect(chosenText(new Set([4, 3]), [3, 4])).toBe('');
  expect([...chosenOf('5,3', [3, 4, 5, 6], [3, 4])]).toEqual([3, 5]);
});

it('takes what is chosen by itself where an address names nothing that there is', () => {
  expect([...chosenOf(null, [3, 4, 5, 6], [3, 4])]).toEqual([3, 4]);
  expect([...chosenOf('9', [3, 4, 5, 6], [3, 4])]).toEqual([3, 4]);
});
