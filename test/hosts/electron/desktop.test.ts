import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath } from '../../support/chromium.ts';
import { ElectronApp } from '../../support/electron/ElectronApp.ts';
import { pageApi } from '../../support/electron/pageApi.ts';

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'vgg-desktop-'));
  onTestFinished(() => {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return home;
}

async function open(home: string): Promise<ElectronApp> {
  const app = await ElectronApp.start(home);
  onTestFinished(() => app.close());
  return app;
}

describe.skipIf(chromiumPath === undefined)('the desktop app', () => {
  it('shows the workbench and does what its menu and its dialogs are asked for', async () => {
    const home = newHome();
    const app = await open(home);
    const page = await app.window();
    await expect.poll(() => page.title()).toContain('VGG Workbench');
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Tables' }).waitFor();
    const api = await pageApi(page);
    expect(await api.host.facts()).toMatchObject({ kind: 'electron', dialogs: true, home });

    const choose = (command: string) =>
      app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click?.(), command);
    await choose('show-networks');
    await page.getByRole('heading', { name: 'Networks', level: 1 }).waitFor();
    await choose('command-palette');
    await page.getByRole('dialog', { name: 'Search commands and runs' }).waitFor();

    const shownDialog = () => app.evaluate(({ dialog }) => dialog.open[0]?.options);
    const answer = (result: unknown) =>
      app.evaluate(({ dialog }, given) => {
        dialog.answer(given);
      }, result);
    const chosen = api.host.choosePath({ what: 'weights', title: 'Weights to start from' });
    await expect
      .poll(shownDialog)
      .toMatchObject({ title: 'Weights to start from', properties: ['openFile'] });
    await answer({ canceled: false, filePaths: ['/weights/vgg16.safetensors'] });
    expect(await chosen).toBe('/weights/vgg16.safetensors');

    const path = join(home, 'table.csv');
    const saved = api.host.saveFile({ suggestedName: '../table.csv', content: 'net,top-1\n' });
    await expect
      .poll(shownDialog)
      .toMatchObject({ defaultPath: expect.stringMatching(/[^.]\/table\.csv$/) as string });
    await answer({ canceled: false, filePath: path });
    expect(await saved).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('net,top-1\n');

    const given = api.host.saveFile({ suggestedName: 'table.csv', content: 'other' });
    await expect.poll(shownDialog).toBeDefined();
    await answer({ canceled: true, filePath: '' });
    expect(await given).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe('net,top-1\n');
  });

  it('offers to load a page anew that has stopped working', async () => {
    const app = await open(newHome());
    const page = await app.window();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await page.evaluate('void (globalThis.before = true)');
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    });
    await expect
      .poll(() => app.evaluate(({ dialog }) => dialog.open[0]?.options))
      .toMatchObject({ detail: expect.stringContaining('oom') as string });
    await app.evaluate(({ dialog }) => {
      dialog.answer({ response: 0 });
    });
    await expect.poll(() => page.evaluate('globalThis.before')).toBeUndefined();
    // The new page has a port of its own.
    expect((await (await pageApi(page)).host.facts()).kind).toBe('electron');
  });

  it('opens where it was, once for each data folder', async () => {
    const home = newHome();
    const bounds = { x: 200, y: 120, width: 1000, height: 700 };
    const app = await open(home);
    await app.window();
    await app.evaluate(({ BrowserWindow }, place) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setBounds(place);
      window?.minimize();
    }, bounds);

    const second = await open(home);
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
    expect(existsSync(join(home, 'window.json'))).toBe(true);

    const third = await open(home);
    await third.window();
    const again = await third.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      return { ...window?.getNormalBounds(), maximised: window?.isMaximized() };
    });
    expect(again).toEqual({ ...bounds, maximised: true });
  });
});
