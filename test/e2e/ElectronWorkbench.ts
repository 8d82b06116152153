import { once } from 'node:events';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { RunningWorkbench } from './workbench.ts';

/** The desktop app, in Electron itself. */
export class ElectronWorkbench implements RunningWorkbench {
  readonly home: string;
  page: Page;
  #app: ElectronApplication;

  private constructor(home: string, app: ElectronApplication, page: Page) {
    this.home = home;
    this.#app = app;
    this.page = page;
  }

  static async open(home: string): Promise<ElectronWorkbench> {
    const app = await launch(home);
    return new ElectronWorkbench(home, app, await app.firstWindow());
  }

  async kill(): Promise<void> {
    const child = this.#app.process();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async start(): Promise<void> {
    this.#app = await launch(this.home);
    this.page = await this.#app.firstWindow();
  }

  async close(): Promise<void> {
    await this.#app.close();
  }
}

function launch(home: string): Promise<ElectronApplication> {
  const args = [join(import.meta.dirname, '..', '..'), '--home', home];
  return _electron.launch({ args });
}
