import { expect, test } from 'vitest';
import { createRawSnippet } from 'svelte';
import { render } from 'vitest-browser-svelte';
import DataTable from '../../../src-renderer/ui/DataTable.svelte';
import { cellTexts, type Column } from '../../../src-renderer/ui/dataTable.ts';

interface Checkpoint {
  kind: string;
  step: number;
}
const rows: Checkpoint[] = [
  { kind: 'best', step: 120 },
  { kind: 'last', step: 300 },
];
const columns: Column<Checkpoint>[] = [
  {
    title: 'Checkpoint',
    isName: true,
    text: ({ kind }) => kind,
    href: ({ kind }) => `#/maps?checkpoint=${kind}`,
  },
  {
    title: 'Step',
    unit: 'of training',
    meaning: 'Steps that were trained before it',
    isNumber: true,
    text: ({ step }) => String(step),
    tone: ({ step }) => (step > 200 ? 'warn' : undefined),
  },
];
const props = { label: 'Checkpoints', columns, keyOf: ({ kind }: Checkpoint) => kind };

test('columns and rows are drawn from data', async () => {
  const screen = await render(DataTable<Checkpoint>, {
    ...props,
    rows,
    mark: ({ kind }) => (kind === 'best' ? 'strong' : undefined),
  });
  await expect
    .element(screen.getByRole('columnheader', { name: /Step/ }))
    .toHaveAttribute('title', 'Steps that were trained before it');
  await expect.element(screen.getByRole('rowheader', { name: 'best' })).toHaveStyle({ fontWeight: '650' });
  await expect
    .element(screen.getByRole('link', { name: 'last' }))
    .toHaveAttribute('href', '#/maps?checkpoint=last');
  await expect.element(screen.getByRole('cell', { name: '300' })).toHaveClass('number', 'warn');
  await expect.element(screen.getByRole('cell', { name: '120' })).not.toHaveClass('warn');
});

test('that there are no rows is said', async () => {
  const screen = await render(DataTable<Checkpoint>, { ...props, rows: [], empty: 'No checkpoint yet.' });
  await expect
    .element(screen.getByRole('cell', { name: 'No checkpoint yet.' }))
    .toHaveAttribute('colspan', '2');
});

test('each row has its own buttons at the end', async () => {
  const actions = createRawSnippet((row: () => Checkpoint) => ({
    render: () => `<button>Open ${row().kind}</button>`,
  }));
  const screen = await render(DataTable<Checkpoint>, { ...props, rows, actions });
  await expect
    .element(screen.getByRole('row', { name: /best/ }).getByRole('button', { name: 'Open best' }))
    .toBeVisible();
  await expect
    .element(screen.getByRole('row', { name: /last/ }).getByRole('button', { name: 'Open last' }))
    .toBeVisible();
});

test('its texts can be copied', () => {
  expect(cellTexts(columns, rows)).toEqual([
    ['Checkpoint', 'Step'],
    ['best', '120'],
    ['last', '300'],
  ]);
});
