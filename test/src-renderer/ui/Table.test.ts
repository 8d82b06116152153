import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import TableFixture from './TableFixture.svelte';

test('it has a name, and so has the region in which it scrolls', async () => {
  const screen = await render(TableFixture);
  const region = screen.getByRole('region', { name: 'Errors' });
  await expect.element(region.getByRole('table', { name: 'Errors' })).toBeVisible();
  await screen.rerender({ scrolls: false });
  await expect.element(screen.getByRole('region')).not.toBeInTheDocument();
});

test('classes say how cells and rows differ', async () => {
  const screen = await render(TableFixture);
  const cell = screen.getByRole('cell', { name: '0.5', exact: true });
  await expect.element(cell).toHaveStyle({ textAlign: 'right', color: 'rgb(179, 38, 30)' });
  const row = (name: string) => screen.getByRole('rowheader', { name, exact: true }).element();
  expect(row('net 1')).toHaveStyle({ backgroundColor: 'rgb(227, 239, 250)' });
  expect(row('net 1').parentElement).toHaveStyle({ backgroundColor: 'rgb(227, 239, 250)' });
  expect(row('net 2')).toHaveStyle({ fontWeight: '650' });
  expect(row('net 3')).toHaveStyle({ fontWeight: '400' });
});

test('a rule of the view goes before those of the table', async () => {
  const screen = await render(TableFixture);
  await expect.element(screen.getByRole('cell', { name: '29.6' }).first()).toHaveStyle({ padding: '20px' });
});

test('head and first column stay while the rest scrolls', async () => {
  const screen = await render(TableFixture, { maxHeight: '200px' });
  const region = screen.getByRole('region').element();
  const head = screen.getByRole('columnheader', { name: 'Net' }).element();
  const second = screen.getByRole('columnheader', { name: 'ours' }).element();
  const name = screen.getByRole('rowheader', { name: 'net 9' }).element();
  const placeOf = (element: Element) => element.getBoundingClientRect();
  const before = placeOf(second).top - placeOf(head).top;
  region.scrollTo(40, 300);
  expect([region.scrollLeft, region.scrollTop]).toEqual([40, 300]);
  expect(placeOf(head).top).toBeCloseTo(placeOf(region).top, 0);
  // The second row of heads stays below the first, and scrolls sideways.
  expect(placeOf(second).top - placeOf(head).top).toBeCloseTo(before, 0);
  expect(placeOf(name).left).toBeCloseTo(placeOf(region).left, 0);
});
