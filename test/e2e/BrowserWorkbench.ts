import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { chromiumLaunch } from '../support/chromium.ts';
import type { RunningWorkbench } from './workbench.ts';

const program = join(import.meta.dirname, '..', '..', 'src-main', 'hosts', 'browser', 'main.ts');

export function launchBrowser(): Promise<Browser> {
  return chromium.launch(chromiumLaunch);
}

/** The browser host as a program, and a window in Chromium that shares nothing with the browser's other windows. */
export class BrowserWorkbench implements RunningWorkbench {
  readonly home: string;
  readonly page: Page;
  #child: ChildProcess;
  readonly #port: string;

  private constructor(home: string, page: Page, child: ChildProcess, port: string) {
    this.home = home;
    this.page = page;
    this.#child = child;
    this.#port = port;
  }

  static async open(
    home: string,
    browser: Browser,
    options: BrowserContextOptions = {},
  ): Promise<BrowserWorkbench> {
    const { child, address } = await startProgram(home, '0');
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    await page.goto(address);
    return new BrowserWorkbench(home, page, child, new URL(address).port);
  }

  get serverPid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('The browser host has not begun.');
    return pid;
  }

  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async start(): Promise<void> {
    ({ child: this.#child } = await startProgram(this.home, this.#port));
  }

  async close(): Promise<void> {
    await this.page.context().close();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

async function startProgram(home: string, port: string): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [program, '--home', home, '--port', port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const address = /http:\S+/.exec(text.toString())?.[0];
  if (address === undefined) throw new Error(`The browser host printed no address: ${text.toString()}`);
  return { child, address };
}
