import { EventEmitter } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeChromium } from './chromium.ts';
import { isPrevented } from './preventable.ts';

interface ClosableWindow {
  close(): void;
}

/** Every window that is open. */
export const windows = new Set<ClosableWindow>();

class App extends EventEmitter {
  sandboxed = false;
  readonly #paths = new Map<string, string>();

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? join(tmpdir(), name);
  }

  enableSandbox(): void {
    this.sandboxed = true;
  }

  /** The second on the same data tells the first by a signal. */
  requestSingleInstanceLock(): boolean {
    const lock = join(this.getPath('userData'), 'instance.lock');
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      process.kill(Number(readFileSync(lock, 'utf8')), 'SIGUSR2');
      return false;
    }
    process.on('SIGUSR2', () => this.emit('second-instance'));
    process.on('exit', () => {
      rmSync(lock);
    });
    return true;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  exit(code: number): void {
    void closeChromium().finally(() => process.exit(code));
  }

  quit(): void {
    if (isPrevented(this, 'before-quit')) return;
    for (const window of [...windows]) window.close();
    if (windows.size > 0) return;
    void closeChromium().finally(() => process.exit(0));
  }
}

export const app = new App();
