import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Facts, { type Fact } from '../../../src-renderer/ui/Facts.svelte';

const facts: Fact[] = [
  ['Cores', 8],
  ['GPU', null],
  ['Effective field', '31.2 px', 'side of a square'],
];

test('names stand with values; what has none is left out', async () => {
  const screen = await render(Facts, { facts });
  expect(
    screen
      .getByRole('term')
      .all()
      .map((term) => term.element().textContent),
  ).toEqual(['Cores', 'Effective field']);
  await expect.element(screen.getByRole('definition').first()).toHaveTextContent('8');
  await expect.element(screen.getByText('side of a square')).toBeVisible();
});

test('a value may be drawn by the view', async () => {
  const children = createRawSnippet<[readonly unknown[]]>((fact) => ({
    render: () => `<code>${String(fact()[1])}</code>`,
  }));
  const screen = await render(Facts, { facts: [['Commit', 'abc']], layout: 'row', children });
  expect(screen.container.querySelector('dd code')?.textContent).toBe('abc');
});
