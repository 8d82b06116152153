import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Hint from '../../../src-renderer/ui/Hint.svelte';
import Row from '../../../src-renderer/ui/Row.svelte';
import Stack from '../../../src-renderer/ui/Stack.svelte';
import { text } from './text.ts';

const two = createRawSnippet(() => ({ render: () => '<li>one</li>' }));
const placesOf = (container: Element) => container.firstElementChild?.getBoundingClientRect();

test('a stack and a row are lists where that is what they hold', async () => {
  const stack = await render(Stack, { as: 'ul', 'aria-label': 'Runs', gap: 4, children: two });
  const list = stack.getByRole('list', { name: 'Runs' });
  await expect.element(list).toHaveStyle({ rowGap: '16px', listStyleType: 'none', paddingLeft: '0px' });
  const row = await render(Row, { as: 'ul', 'aria-label': 'Tags', children: two });
  await expect
    .element(row.getByRole('list', { name: 'Tags' }))
    .toHaveStyle({ columnGap: '8px', flexWrap: 'wrap' });
});

test('a row puts its ends apart', async () => {
  const children = createRawSnippet(() => ({ render: () => '<b>one</b>' }));
  const screen = await render(Row, { spread: true, children });
  expect(screen.container.firstElementChild).toHaveStyle({ justifyContent: 'space-between' });
  expect(placesOf(screen.container)?.width).toBeGreaterThan(0);
});

test('a hint is smaller than the text, unless it is large', async () => {
  const screen = await render(Hint, { children: text('Known once it has been trained.') });
  const hint = () => screen.container.querySelector('p');
  expect(hint()).toHaveStyle({ fontSize: '13px' });
  await screen.rerender({ large: true });
  await expect.poll(() => hint()?.className).toMatch('large');
  expect(hint()).toHaveStyle({ fontSize: '14px' });
});
