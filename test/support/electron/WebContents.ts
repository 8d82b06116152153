import { EventEmitter } from 'node:events';
import type { Page, Route } from '@playwright/test';
import { app } from './app.ts';
import { openChromium } from './chromium.ts';
import { preloadInto } from './preload.ts';
import { isPrevented } from './preventable.ts';
import { request } from './protocol.ts';
import { appAddress, webAddress } from './scheme.ts';
import { isGranted, permissions } from './session.ts';

export interface WebPreferences {
  preload?: string;
  sandbox?: boolean;
  contextIsolation?: boolean;
  nodeIntegration?: boolean;
  webviewTag?: boolean;
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** A page of Chromium, kept to what the program says as Electron would keep it. */
export class WebContents extends EventEmitter {
  readonly #preferences: WebPreferences;
  #page: Page | undefined;
  /** The program's own loads are not asked about. */
  #loading = false;
  #mayOpen: OpenHandler = () => ({ action: 'allow' });

  constructor(preferences: WebPreferences) {
    super();
    this.#preferences = preferences;
  }

  getURL(): string {
    return appAddress(this.#page?.url() ?? '');
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mayOpen = handler;
  }

  async loadURL(url: string): Promise<void> {
    this.#page ??= await this.#open(webAddress(url));
    await this.#load(this.#page.goto(webAddress(url)));
  }

  reload(): void {
    if (this.#page) void this.#load(this.#page.reload());
  }

  async #load(navigation: Promise<unknown>): Promise<void> {
    this.#loading = true;
    try {
      await navigation;
    } finally {
      this.#loading = false;
    }
  }

  async #open(url: string): Promise<Page> {
    const context = await openChromium(app.getPath('userData'));
    const [page = await context.newPage()] = context.pages();
    await page.route('**/*', (route) => this.#answer(route, page));
    const granted: string[] = [];
    for (const [name, known] of Object.entries(permissions)) {
      if (known !== undefined && (await isGranted(name, appAddress(url)))) granted.push(known);
    }
    await context.grantPermissions(granted, { origin: new URL(url).origin });
    const devTools = await context.newCDPSession(page);
    await devTools.send('Page.enable');
    let denied = false;
    devTools.on('Page.windowOpen', (opened) => {
      denied = this.#mayOpen({ url: appAddress(opened.url) }).action === 'deny';
    });
    page.on('popup', (popup) => {
      if (denied) void popup.close();
    });
    const { preload, contextIsolation = true } = this.#preferences;
    if (preload !== undefined) await preloadInto(devTools, preload, contextIsolation);
    return page;
  }

  async #answer(route: Route, page: Page): Promise<void> {
    const asked = route.request();
    const url = appAddress(asked.url());
    const navigates = asked.isNavigationRequest() && asked.frame() === page.mainFrame();
    if (navigates && !this.#loading && isPrevented(this, 'will-navigate', { url })) {
      await route.abort('aborted');
      return;
    }
    const response = await request(url, asked.method());
    if (response.type === 'error') {
      await route.abort('internetdisconnected');
      return;
    }
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }
}
