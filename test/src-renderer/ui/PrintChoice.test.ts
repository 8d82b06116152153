import { afterEach, expect, test } from 'vitest';
import { PrintChoice } from '../../../src-renderer/charts/print/PrintChoice.svelte.ts';

afterEach(() => {
  localStorage.removeItem('vgg.printFont');
});

test('prints are in the typeface of the window until another is chosen, which the next window remembers', () => {
  const first = new PrintChoice();
  expect(first.family).toBe("'Inter', sans-serif");
  first.use('serif');
  expect(first.family).toBe("'STIX Two Text', serif");
  expect(new PrintChoice().font).toBe('serif');
});
