import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../../../src-main/foundation/project.ts';
import { portMessage } from '../../../src-main/workbench/portMessage.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { ElectronApp } from '../../support/electron/ElectronApp.ts';

/** What a page of the web could try, evaluated in the window's page. */
const inPage = {
  injectScript: `new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    document.body.append(script);
  })`,
  fetchElsewhere: `fetch('https://example.org/').then(() => 'loaded', (error) => error.name)`,
  frameElsewhere: `new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
    document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.org/' }));
  })`,
  namesOfNode: `['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', 'standInSend',
    'standInReceive'].filter((name) => name in globalThis)`,
  leave: `void (location.href = 'https://example.org/')`,
  openWindow: `window.open('https://example.org/paper')`,
  openFile: `window.open('file:///etc/passwd')`,
  askPlace: `navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)`,
  askCamera: `navigator.permissions.query({ name: 'camera' }).then(({ state }) => state)`,
  copy: `navigator.clipboard.writeText('13 layers').then(() => 'copied', (error) => error.name)`,
  paste: `navigator.clipboard.readText().then(() => 'read', (error) => error.name)`,
};

describe.skipIf(chromiumPath === undefined)("the desktop app's page", () => {
  const home = mkdtempSync(join(tmpdir(), 'vgg-confined-'));
  let app: ElectronApp;
  let page: Page;

  beforeAll(async () => {
    app = await ElectronApp.start(home);
    page = await app.window();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
  });
  afterAll(async () => {
    await app.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });

  it('has a sandbox, a world of its own and nothing of Node', async () => {
    const asked = await app.evaluate(({ app, BrowserWindow, protocol }) => ({
      preferences: BrowserWindow.getAllWindows()[0]?.options.webPreferences,
      sandboxed: app.sandboxed,
      schemes: protocol.privileged,
    }));
    expect(asked).toEqual({
      preferences: {
        preload: join(projectFolder, 'out', 'preload', 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
      sandboxed: true,
      schemes: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
    });
    expect(await page.evaluate(inPage.namesOfNode)).toEqual([]);
  });

  it('runs no script but its own and loads nothing from elsewhere', async () => {
    expect(await page.evaluate(inPage.injectScript)).toBe('script-src-elem');
    expect(await page.evaluate('globalThis.injected')).toBeUndefined();
    expect(await page.evaluate(inPage.fetchElsewhere)).toBe('TypeError');
    expect(await page.evaluate(inPage.frameElsewhere)).toBe('frame-src');
  });

  it('goes nowhere else', async () => {
    const before = page.url();
    const refused = page.waitForEvent('requestfailed');
    await page.evaluate(inPage.leave);
    expect((await refused).url()).toBe('https://example.org/');
    expect((await refused).failure()?.errorText).toBe('net::ERR_ABORTED');
    expect(page.url()).toBe(before);
    const sideBar = page.getByRole('navigation', { name: 'Views' });
    await sideBar.getByRole('link', { name: 'Networks' }).click();
    await page.getByRole('heading', { name: 'Networks', level: 1 }).waitFor();
  });

  it('opens no window: an address of the web goes to the browser, any other nowhere', async () => {
    await page.evaluate(inPage.openWindow);
    await page.evaluate(inPage.openFile);
    await eventually(() => app.evaluate(({ shell }) => shell.opened)).toEqual(['https://example.org/paper']);
    await eventually(() => page.context().pages().length).toBe(1);
  });

  it('may write to the clipboard and nothing else', async () => {
    const granted = await app.evaluate(async ({ isDeviceGranted, isGranted, permissions }) => {
      const names = Object.keys(permissions);
      const all = await Promise.all(names.map((name) => isGranted(name, 'app://workbench/')));
      const elsewhere = await Promise.all(names.map((name) => isGranted(name, 'https://example.org/')));
      const of = (granted: boolean[]) => names.filter((_name, index) => granted[index]);
      return { own: of(all), elsewhere: of(elsewhere), devices: isDeviceGranted() };
    });
    expect(granted).toEqual({ own: ['clipboard-sanitized-write'], elsewhere: [], devices: false });
    expect(await page.evaluate(inPage.askPlace)).toBe('denied');
    expect(await page.evaluate(inPage.askCamera)).toBe('denied');
    await page.bringToFront();
    expect(await page.evaluate(inPage.copy)).toBe('copied');
    expect(await page.evaluate(inPage.paste)).toBe('NotAllowedError');
  });

  it.each([
    ['app://workbench/', 200],
    ['app://workbench/..%2f..%2fpackage.json', 404],
    ['app://workbench/%2e%2e/main/foundation/errors.js', 404],
    ['app://workbench/..%2fpreload%2fpreload.cjs', 404],
    ['app://workbench//etc/passwd', 404],
    ['app://workbench/%00', 404],
    ['app://workbench/%zz', 404],
    ['app://elsewhere/', 404],
  ])('is served %s with %i and its policy', async (url, expected) => {
    const { status, policy } = await app.evaluate(async ({ request }, asked) => {
      const { status, headers } = await request(asked);
      return { status, policy: headers.get('content-security-policy') };
    }, url);
    expect(status).toBe(expected);
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
  });

  it.each([
    ['a page of the web', { parent: null, origin: 'https://example.org' }],
    ['a frame within the page', { parent: {}, origin: 'app://workbench' }],
    ['a frame that is gone', null],
  ])('is the only one served: a port from %s is closed', async (_whose, senderFrame) => {
    const seen = await app.evaluate(
      ({ ipcMain, MessagePortMain }, { channel, senderFrame }) => {
        const answers: unknown[] = [];
        const port = new MessagePortMain({ send: (data) => answers.push(data), close: () => undefined });
        ipcMain.emit(channel, { senderFrame, ports: [port] });
        return { closed: port.closed, heard: port.listenerCount('message'), answers };
      },
      { channel: portMessage, senderFrame },
    );
    expect(seen).toEqual({ closed: true, heard: 0, answers: [] });
  });
});
