import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { ElectronApp } from '../../support/electron/ElectronApp.ts';
import { pageApi } from '../../support/electron/pageApi.ts';

describe.skipIf(chromiumPath === undefined)('the desktop app', () => {
  const home = mkdtempSync(join(tmpdir(), 'vgg-desktop-'));
  let app: ElectronApp;
  let page: Page;

  beforeAll(async () => {
    app = await ElectronApp.start(home);
    page = await app.window();
  });
  afterAll(async () => {
    await app.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  const shownDialog = () => app.evaluate(({ dialog }) => dialog.open[0]?.options);
  const answer = (result: unknown) =>
    app.evaluate(({ dialog }, given) => {
      dialog.answer(given);
    }, result);

  it('shows the workbench, and what is chosen in its menu', async () => {
    await eventually(() => page.title()).toContain('VGG Workbench');
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Tables' }).waitFor();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.visible)).toBe(true);
    const choose = (command: string) =>
      app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click?.(), command);
    await choose('show-networks');
    await page.getByRole('heading', { name: 'Networks', level: 1 }).waitFor();
    await choose('command-palette');
    await page.getByRole('dialog', { name: 'Search commands and runs' }).waitFor();
  });

  it('chooses and saves files by native dialogs', async () => {
    const api = await pageApi(page);
    expect(await api.host.facts()).toMatchObject({ kind: 'electron', dialogs: true, home });

    const chosen = api.host.choosePath({ what: 'weights', title: 'Weights to start from' });
    await eventually(shownDialog).toMatchObject({ title: 'Weights to start from', properties: ['openFile'] });
    await answer({ canceled: false, filePaths: ['/weights/vgg16.safetensors'] });
    expect(await chosen).toBe('/weights/vgg16.safetensors');

    const path = join(home, 'table.csv');
    const saved = api.host.saveFile({ suggestedName: '../table.csv', content: 'net,top-1\n' });
    const downloads = await app.evaluate(({ app }) => app.getPath('downloads'));
    await eventually(shownDialog).toEqual({ defaultPath: join(downloads, 'table.csv') });
    await answer({ canceled: false, filePath: path });
    expect(await saved).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('net,top-1\n');

    const cancelled = api.host.saveFile({ suggestedName: 'table.csv', content: 'other' });
    await eventually(shownDialog).toBeDefined();
    await answer({ canceled: true, filePath: '' });
    expect(await cancelled).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe('net,top-1\n');
  });

  it('offers to load a page anew that has stopped working', async () => {
    await page.evaluate('void (globalThis.before = true)');
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    });
    await eventually(shownDialog).toMatchObject({ detail: expect.stringContaining('(oom)') as string });
    await answer({ response: 0 });
    await eventually(() => page.evaluate('globalThis.before')).toBeUndefined();
    // The menu reaches the new page: it has a port of its own.
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await eventually(async () => {
      await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('show-tables')?.click?.());
      return await page.getByRole('heading', { level: 1 }).textContent();
    }).toBe('Tables');
  });

  it('opens once for each data folder, where it was', async () => {
    const bounds = { x: 200, y: 120, width: 1000, height: 700 };
    await app.evaluate(({ BrowserWindow }, place) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setBounds(place);
      window?.minimize();
    }, bounds);

    const second = await ElectronApp.start(home);
    expect(await second.ended).toEqual({ code: 0, output: '' });
    const windows = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => [window.isMinimized(), window.focused]),
    );
    expect(windows).toEqual([[false, 1]]);

    // Closing the window quits, since nothing is under way.
    await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.maximize();
      window?.close();
    });
    expect(await app.ended).toEqual({ code: 0, output: '' });

    app = await ElectronApp.start(home);
    await app.window();
    const again = await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      return { ...window?.getNormalBounds(), maximised: window?.isMaximized() };
    });
    expect(again).toEqual({ ...bounds, maximised: true });
  });
});

it.runIf(process.platform === 'linux')('says why a data folder cannot be used, and ends', async () => {
  const app = await ElectronApp.start('/proc/vgg');
  const { code, output } = await app.ended;
  expect(code).toBe(1);
  expect(output).toContain('Error: No folder /proc/vgg can be made in /proc.\n');
  expect(output).toContain('[The data folder cannot be used]');
  expect(output).not.toMatch(/^\s+at /m);
});
