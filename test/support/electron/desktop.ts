import { EventEmitter } from 'node:events';

/* What Electron has of the desktop around its windows. */

interface MenuItem {
  id?: string;
  label?: string;
  role?: string;
  submenu?: MenuItem[];
  click?: () => void;
}

export class Menu {
  static #shown: Menu | undefined;
  readonly items: readonly MenuItem[];

  constructor(items: readonly MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: readonly MenuItem[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu): void {
    Menu.#shown = menu;
  }

  static getApplicationMenu(): Menu | undefined {
    return Menu.#shown;
  }

  getMenuItemById(id: string): MenuItem | undefined {
    const within = (items: readonly MenuItem[]): MenuItem[] =>
      items.flatMap((item) => [item, ...within(item.submenu ?? [])]);
    return within(this.items).find((item) => item.id === id);
  }
}

interface OpenDialog {
  kind: 'open' | 'save' | 'message';
  options: Record<string, unknown>;
  answer: (result: unknown) => void;
}

/** Dialogs stay open until somebody answers. */
class Dialogs {
  readonly open: OpenDialog[] = [];

  showOpenDialog(...words: unknown[]): Promise<unknown> {
    return this.#show('open', words);
  }

  showSaveDialog(...words: unknown[]): Promise<unknown> {
    return this.#show('save', words);
  }

  showMessageBox(...words: unknown[]): Promise<unknown> {
    return this.#show('message', words);
  }

  /** Electron's own returns when the person has closed it. */
  showErrorBox(title: string, content: string): void {
    process.stdout.write(`[${title}] ${content}\n`);
  }

  /** Answers the one that was opened first. */
  answer(result: unknown): void {
    const first = this.open.shift();
    if (!first) throw new Error('No dialog is open.');
    first.answer(result);
  }

  #show(kind: OpenDialog['kind'], words: unknown[]): Promise<unknown> {
    const options = words.at(-1) as Record<string, unknown>;
    return new Promise((answer) => this.open.push({ kind, options, answer }));
  }
}
export const dialog = new Dialogs();

export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  readonly title: string;
  readonly body: string;

  constructor({ title, body }: { title: string; body: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    Notification.shown.push(this);
  }
}

export const powerSaveBlocker = {
  started: new Map<number, string>(),
  start(type: string): number {
    const id = Math.max(-1, ...this.started.keys()) + 1;
    this.started.set(id, type);
    return id;
  },
  stop(id: number): void {
    this.started.delete(id);
  },
};

export const shell = {
  opened: [] as string[],
  openExternal(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  },
};

export const nativeTheme = { shouldUseDarkColors: false };

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};
