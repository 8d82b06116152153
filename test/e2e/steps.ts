import type { Page } from '@playwright/test';
import { expect } from './workbench.ts';

/* What a person does in several specs. */

/** Goes to an address within the window; what was shown before is gone then. */
export async function goTo(window: Page, address: string): Promise<void> {
  await window.evaluate(async (hash) => {
    const before = location.href;
    const arrived = new Promise((resolve) => {
      addEventListener('hashchange', resolve, { once: true });
    });
    location.hash = hash;
    if (location.href !== before) await arrived;
  }, address);
}

export interface SmallRun {
  net?: string;
  epochs: number;
  seed?: number;
}

/** Fills in the form for a net that trains in seconds, on a part of the embedded photographs of clothes, and starts it. */
export async function startRun(window: Page, { net = 'A', epochs, seed = 1 }: SmallRun): Promise<string> {
  await goTo(window, '/new?what=run');
  await window.getByLabel('Net', { exact: true }).selectOption(net);
  for (const [label, value] of [
    ['Dataset', 'fashion-mnist-small'],
    ['Width', '0.0625'],
    ['Crop', '32'],
    ['Epochs', String(epochs)],
    ['Batch', '50'],
    ['Seeds', String(seed)],
  ] as const) {
    await window.getByLabel(label, { exact: true }).fill(value);
  }
  // While settings are examined nothing can be started, and a click may fall into that.
  await expect(async () => {
    await window.getByRole('button', { name: /^Start/ }).click({ timeout: 5000 });
    await expect(window).toHaveURL(/#\/run\//, { timeout: 10_000 });
  }).toPass();
  return /#\/run\/([^?]+)/.exec(window.url())?.[1] ?? '';
}

/** The status beside the name of the run whose page is shown. */
export function statusIs(window: Page, status: string): Promise<void> {
  return expect(window.locator('main header').getByText(status, { exact: true })).toBeVisible();
}
