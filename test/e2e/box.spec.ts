import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { bytesText } from '../../src-main/vocabulary/bytes.ts';
import { aStudy } from '../support/aStudy.ts';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

test('the net in the box is read down to a unit’s numbers; it and studies are named, deleted and restored', async ({
  window,
  workbench,
}) => {
  const studies = window.getByRole('table', { name: 'Studies' });
  const settings = async (said: RegExp | string) => {
    await goTo(window, '/settings');
    await expect(window.getByText(said)).toBeVisible();
  };

  await test.step('a unit of the net in the box is the sum that its page adds up', () => readsUnit(window));

  await test.step('the list of runs is wide enough for its name', () => readsName(window, workbench.home));

  await test.step('it is deleted, and the trash tells its size', async () => {
    await deleteAllRuns(window);
    const size = bytesText(bytesIn(join(workbench.home, 'runs', '.trash')));
    await settings(`1 run, ${size}`);
    await expect(window.getByRole('cell', { name: size })).toBeVisible();
  });

  await test.step('a study gets a name and a note', async () => {
    addTwoStudies(workbench.home);
    await namesAStudy(window, studies);
  });

  await test.step('both are deleted; one message tells of the last', async () => {
    const remove = studies.getByRole('button', { name: /^Delete / }).first();
    await remove.click();
    await expect(studies.getByRole('row')).toHaveCount(2);
    await remove.click();
    await expect(window.getByRole('heading', { name: 'No study yet' })).toBeVisible();
    await expect(window.getByText('is in the trash. Its runs stay.')).toHaveCount(1);
  });

  await test.step('all come back at once', async () => {
    await settings(/^1 run and 2 studies, /);
    await window.getByRole('button', { name: 'Restore all' }).click();
    await expect(window.getByText('Nothing was deleted.')).toBeVisible();
    await goTo(window, '/runs');
    // What the box's own page tells of it.
    await expect(window.getByRole('row').nth(1)).toContainText('17.0');
    await goTo(window, '/tables');
    await expect(studies.getByRole('link', { name: 'The long one' })).toBeVisible();
  });

  await test.step('what is deleted for good is gone', async () => {
    // Who goes elsewhere at once, while it is on its way to the trash, stays there and sees it come.
    await studies
      .getByRole('button', { name: /^Delete The long one/ })
      .evaluate((button: HTMLButtonElement) => {
        button.click();
        location.hash = '/settings';
      });
    await expect(window.getByText(/^1 study, /)).toBeVisible();
    await window.getByRole('button', { name: 'Empty…' }).click();
    await window.getByRole('button', { name: 'Delete for good' }).click();
    await expect(window.getByText('Nothing was deleted.')).toBeVisible();
    expect(readdirSync(join(workbench.home, 'studies', '.trash'))).toEqual([]);
  });
});

/** The three products of a unit of conv1_1 and its bias add up to what its page says. */
async function readsUnit(window: Page): Promise<void> {
  await goTo(window, '/maps/box');
  const maps = window.getByRole('button', { name: /maps of conv1_1\. Arrow keys/ });
  // The net is imported, and a trainer started for it.
  await expect(maps).toBeVisible();
  await maps.press('ArrowRight');
  await maps.press('Enter');
  await window.getByRole('button', { name: /enlarged\. Arrow keys choose a unit/ }).press('ArrowRight');
  const arithmetic = window.getByRole('region', { name: 'The arithmetic of this unit' });
  await expect(arithmetic).toContainText('map 1, row 0, column 1');
  await expect(arithmetic).toContainText('Added in float64.');
  const numbers = numbersOf(arithmetic.getByRole('table', { name: 'The sum' }));
  const parts = await numbers.parts();
  expect(parts).toHaveLength(3);
  const sum = await numbers.in('sum of all products');
  // Each is shown in three or four figures.
  const near = (value: number) => expect.closeTo(value, 1);
  expect(parts.reduce((all, part) => all + part)).toEqual(near(sum));
  expect(await numbers.in('sum')).toEqual(near(sum + (await numbers.in('bias'))));
}

async function readsName(window: Page, home: string): Promise<void> {
  const log = new RunLog(home);
  const name = 'D@256-512#1 (S 37–73) anew';
  for (const { id } of log.list.all()) log.annotate(id, { name });
  log.close();
  await goTo(window, '/runs');
  const link = window.getByRole('link', { name });
  await expect(link).toBeVisible();
  await expect
    .poll(() => link.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
    .toBeLessThanOrEqual(0);
}

async function deleteAllRuns(window: Page): Promise<void> {
  await goTo(window, '/runs');
  await window.getByRole('checkbox', { name: 'Select all listed runs' }).check();
  await window
    .getByRole('toolbar', { name: 'Selected runs' })
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(window.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
}

function addTwoStudies(home: string): void {
  const log = new RunLog(home);
  for (const id of ['20260101-000000-study-quick-aaaa', '20260102-000000-study-quick-bbbb'])
    log.studies.put(aStudy({ id, status: 'finished', dataset: '/far/away/photographs' }));
  log.close();
}

async function namesAStudy(window: Page, studies: Locator): Promise<void> {
  await goTo(window, '/tables');
  await expect(studies.getByRole('row')).toHaveCount(3);
  await expect(studies.getByRole('cell', { name: 'photographs', exact: true })).toHaveCount(2);
  await studies
    .getByRole('button', { name: /^Name / })
    .first()
    .click();
  await window.getByLabel('Name', { exact: true }).fill('The long one');
  await window.getByLabel('Note', { exact: true }).fill('For the talk.');
  await window.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(studies.getByRole('link', { name: 'The long one' })).toBeVisible();
  await expect(studies).toContainText('For the talk.');
}

/** The numbers at the ends of the rows of a table that adds something up. */
function numbersOf(table: Locator) {
  const last = 'td:last-child';
  return {
    parts: async () => (await table.locator('tbody').first().locator(last).allTextContents()).map(Number),
    in: async (name: string) => {
      const named = table.page().getByRole('rowheader', { name, exact: true });
      return Number(await table.getByRole('row').filter({ has: named }).locator(last).textContent());
    },
  };
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
