import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { expect, it, onTestFinished } from 'vitest';
import { BrowserAccess } from '../../../src-main/hosts/browser/access.ts';
import { livePages } from '../../../src-main/hosts/browser/livePages.ts';
import { serveBrowser } from '../../../src-main/hosts/browser/server.ts';
import { forkTrainer } from '../../../src-main/hosts/forkTrainer.ts';
import { buildFolder } from '../../../src-main/foundation/project.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { chromiumLaunch, chromiumPath } from '../../support/chromium.ts';
import { until } from '../../support/until.ts';

/** A window of one component, where the packages of the project are found. */
function smallWindow(): { folder: string; show: (text: string) => void } {
  mkdirSync(buildFolder, { recursive: true });
  const folder = mkdtempSync(join(buildFolder, 'window-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
  };
  write('index.html', '<!doctype html><div id="app"></div><script type="module" src="./main.ts"></script>');
  write(
    'main.ts',
    "import { mount } from 'svelte';\nimport App from './App.svelte';\n" +
      "mount(App, { target: document.getElementById('app')! });\n",
  );
  return {
    folder,
    show: (text) => {
      write('App.svelte', `<h1>${text}</h1>\n`);
    },
  };
}

it.skipIf(chromiumPath === undefined)(
  'a change to a component arrives in the page that is open',
  async () => {
    const { folder, show } = smallWindow();
    show('before');
    const workbench = new Workbench({
      home: temporaryFolder(),
      startTrainer: forkTrainer,
      host: plainHost('browser'),
    });
    onTestFinished(() => workbench.close());
    const door = new BrowserAccess('a secret');
    const server = await serveBrowser({
      workbench,
      door,
      pages: await livePages(folder, door.path),
      port: 0,
    });
    onTestFinished(() => server.close());

    expect((await fetch(new URL(`${door.path}main.ts`, server.address))).status).toBe(403);
    const browser = await chromium.launch(chromiumLaunch);
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(server.address);
    const heading = page.getByRole('heading', { level: 1 });
    await until(async () => (await heading.allTextContents()).includes('before'));
    await page.evaluate(() => {
      document.body.dataset.kept = 'yes';
    });

    // The watch may begin a moment after the page is there: the file is written until the change is seen.
    await until(async () => {
      show('after');
      return (await heading.allTextContents()).includes('after');
    });
    expect(await page.evaluate(() => document.body.dataset.kept), 'the page was not loaded anew').toBe('yes');
  },
);
