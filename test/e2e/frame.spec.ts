import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

test.describe('where there was no window before', () => {
  test.use({ isFirstStart: true });

  test('the first start leads to the first steps, and every view can be reached by keys', async ({
    window,
  }) => {
    await expect(window).toHaveTitle(/Welcome|First/);
    for (const [key, title] of [
      ['r', 'Runs'],
      ['n', 'New'],
      ['c', 'Compare'],
      ['f', 'Feature maps'],
      ['t', 'Tables'],
      ['w', 'Networks'],
      ['s', 'Settings'],
    ] as const) {
      // The two presses are two messages to the browser: on a busy machine they may come too far apart to be a sequence.
      await expect(async () => {
        await window.locator('main').focus();
        await window.keyboard.press('g');
        await window.keyboard.press(key);
        await expect(window.getByRole('heading', { level: 1 })).toContainText(title, { timeout: 5_000 });
      }).toPass();
    }
  });
});

test('the palette does what a view does from any other view: it goes there first', async ({ window }) => {
  for (const [name, address] of [
    ['Import runs…', /#\/runs/],
    ['Table 4', /#\/tables\?table=4/],
    ['Present the claims', /#\/claims\?show=slides/],
  ] as const) {
    await goTo(window, '/networks');
    await expect(window.getByRole('heading', { level: 1 })).toHaveText('Networks');
    await window.keyboard.press('Control+k');
    await window.getByPlaceholder(/A command, or a run/).fill(name);
    await window.getByRole('option', { name }).click();
    await expect(window).toHaveURL(address);
    if (name !== 'Import runs…') continue;
    await expect(window.getByRole('dialog')).toBeVisible();
    await window.keyboard.press('Escape');
  }
});

test('the palette finds a command, and the list of keys names it', async ({ window }) => {
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await window.keyboard.press('Control+k');
  await window.keyboard.type('dark');
  await window.keyboard.press('Enter');
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.reload();
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.keyboard.press('Control+/');
  await expect(window.getByRole('dialog', { name: 'Keys' })).toContainText('Search commands and runs');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toBeHidden();
});
