import { expect, test } from 'vitest';
import { toasts } from '../../../src-renderer/state/Toasts.svelte.ts';

test('what was done last takes the place of what was done before; what failed stays, and is shown once', () => {
  const texts = () => toasts.list.map(({ text }) => text);
  for (let run = 1; run <= 14; run++) toasts.say(`Run ${run} is back.`);
  expect(texts()).toEqual(['Run 14 is back.']);
  for (const what of ['one', 'one', 'two', 'three']) toasts.fail(new Error(what));
  expect(toasts.list.filter(({ kind }) => kind === 'error')).toHaveLength(3);
  toasts.say('Run 15 is back.');
  expect(toasts.list.filter(({ kind }) => kind === 'info')).toHaveLength(1);
  expect(toasts.list.length).toBeLessThanOrEqual(3);
});
