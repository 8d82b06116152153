import { EventEmitter } from 'node:events';
import { app, windows } from './app.ts';
import { debuggingPort } from './chromium.ts';
import { isPrevented } from './preventable.ts';
import { WebContents, type WebPreferences } from './WebContents.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface WindowOptions extends Partial<Bounds> {
  title?: string;
  icon?: string;
  show?: boolean;
  webPreferences?: WebPreferences;
}

/** A window as the program sees it; its page is in Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents: WebContents;
  /** Every value of the bar in the taskbar. */
  readonly progress: number[] = [];
  /** How often it was brought to the front. */
  focused = 0;
  visible: boolean;
  #bounds: Bounds;
  #maximised = false;
  #minimised = false;
  #destroyed = false;

  static getAllWindows(): BrowserWindow[] {
    return [...windows].filter((window) => window instanceof BrowserWindow);
  }

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    const { x = 100, y = 100, width = 800, height = 600, show = true } = options;
    this.#bounds = { x, y, width, height };
    this.visible = show;
    this.webContents = new WebContents(options.webPreferences ?? {});
    windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
    this.emit('ready-to-show');
    process.send?.({ type: 'window', debuggingPort: debuggingPort(app.getPath('userData')) });
  }

  show(): void {
    this.visible = true;
  }

  hide(): void {
    this.visible = false;
  }

  focus(): void {
    this.focused++;
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  maximize(): void {
    this.#maximised = true;
  }

  isMaximized(): boolean {
    return this.#maximised;
  }

  minimize(): void {
    this.#minimised = true;
  }

  restore(): void {
    this.#minimised = false;
  }

  isMinimized(): boolean {
    return this.#minimised;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setProgressBar(share: number): void {
    this.progress.push(share);
  }

  close(): void {
    if (this.#destroyed || isPrevented(this, 'close')) return;
    this.#destroyed = true;
    windows.delete(this);
    this.emit('closed');
  }
}
