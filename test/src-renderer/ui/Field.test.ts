import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import FieldFixture from './FieldFixture.svelte';

test('a field names its control, whichever it is', async () => {
  const screen = await render(FieldFixture);
  for (const [role, name] of [
    ['textbox', 'Seeds'],
    ['combobox', 'Net'],
    ['spinbutton', 'Epochs'],
    ['textbox', 'Overrides'],
    ['slider', 'Opacity'],
    ['checkbox', 'Flip'],
  ] as const) {
    await expect.element(screen.getByRole(role, { name, exact: true })).toBeVisible();
  }
  await expect.element(screen.getByLabelText('Own')).toHaveAttribute('type', 'color');
});

test('what is written, chosen and ticked comes out', async () => {
  const screen = await render(FieldFixture);
  await screen.getByLabelText('Seeds').fill('4,5');
  await screen.getByLabelText('Net', { exact: true }).selectOptions('B');
  await screen.getByLabelText('Epochs').fill('7');
  await screen.getByLabelText('Overrides').fill('training.epochs=3');
  await screen.getByLabelText('Opacity').fill('0.25');
  await screen.getByLabelText('Flip').click();
  const written = () => JSON.parse(screen.container.querySelector('#written')?.textContent ?? '') as unknown;
  await expect.poll(written).toEqual({
    seeds: '4,5',
    config: 'B',
    epochs: 7,
    overrides: 'training.epochs=3',
    opacity: 0.25,
    flips: false,
    chosen: ['A'],
  });
});

test('what explains a control and what is wrong with it are tied to it', async () => {
  const screen = await render(FieldFixture, { error: 'Write whole numbers.' });
  const control = screen.getByLabelText('Seeds');
  await expect.element(control).toBeInvalid();
  await expect.element(control).toHaveAccessibleDescription('Write whole numbers. Whole numbers.');
  await screen.rerender({ error: null });
  await expect.element(control).toBeValid();
  await expect.element(control).toHaveAccessibleDescription('Whole numbers.');
  await expect.element(screen.getByText('Sect. 3.1')).toBeVisible();
});

test('a control of one’s own takes the attributes', async () => {
  const screen = await render(FieldFixture);
  await expect.element(screen.getByLabelText('Own')).toHaveAccessibleDescription('Wrong.');
  await expect.element(screen.getByLabelText('Own')).toBeInvalid();
});

test('a second control with a label of its own is not the one that the field names', async () => {
  const screen = await render(FieldFixture);
  await expect.element(screen.getByRole('textbox', { name: 'Scale' })).toHaveValue('256');
  await expect.element(screen.getByRole('combobox', { name: 'Kind of scale' })).toHaveValue('fixed');
});

test('a group of boxes is named and described as one', async () => {
  const screen = await render(FieldFixture);
  const group = screen.getByRole('group', { name: 'Nets' });
  await group.getByRole('checkbox', { name: 'A' }).click();
  await expect.element(group).toHaveAccessibleDescription('Choose at least one net.');
  await group.getByRole('checkbox', { name: 'B' }).click();
  await expect.element(screen.getByText('Choose at least one net.')).not.toBeInTheDocument();
});

test('label and control stand in one line where it is asked for', async () => {
  const screen = await render(FieldFixture, { inline: true });
  const top = (element: Element) => element.getBoundingClientRect().top;
  const label = screen.getByText('Seeds', { exact: true }).element();
  expect(top(screen.getByLabelText('Seeds').element())).toBeLessThan(label.getBoundingClientRect().bottom);
  await screen.rerender({ inline: false });
  expect(top(screen.getByLabelText('Seeds').element())).toBeGreaterThanOrEqual(
    label.getBoundingClientRect().bottom,
  );
});
