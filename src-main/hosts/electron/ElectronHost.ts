import { basename, join } from 'node:path';
import { app, dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import { writeFileAtomically } from '../../foundation/files.ts';
import { Feed } from '../../foundation/Feed.ts';
import type { AppCommand, Host } from '../../workbench/Host.ts';

type Choice = Parameters<Host['choosePath']>[0];

const filters: Record<Exclude<Choice, 'folder'>, FileFilter> = {
  image: { name: 'Images', extensions: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'tif', 'tiff', 'bmp', 'avif'] },
  weights: { name: 'Weights', extensions: ['safetensors', 'caffemodel', 'h5', 'hdf5', 'pth', 'pt'] },
  archive: { name: 'Archives', extensions: ['zip'] },
  yaml: { name: 'YAML', extensions: ['yaml', 'yml'] },
};

/** What the desktop app can do for the workbench: native dialogs, and the menu's commands. */
export class ElectronHost implements Host {
  readonly kind = 'electron';
  readonly dialogs = true;
  readonly #window: () => BrowserWindow | undefined;
  #commands = new Feed<AppCommand>();

  /** @param window the window to which dialogs belong */
  constructor(window: () => BrowserWindow | undefined) {
    this.#window = window;
  }

  async choosePath(what: Choice, title: string): Promise<string | null> {
    const options: OpenDialogOptions =
      what === 'folder'
        ? { title, properties: ['openDirectory'] }
        : {
            title,
            properties: ['openFile'],
            filters: [filters[what], { name: 'All files', extensions: ['*'] }],
          };
    const window = this.#window();
    const { filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options));
    return filePaths[0] ?? null;
  }

  async saveFile(suggestedName: string, content: Uint8Array): Promise<string | null> {
    const options = { defaultPath: join(app.getPath('downloads'), basename(suggestedName)) };
    const window = this.#window();
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options));
    if (canceled || filePath === '') return null;
    writeFileAtomically(filePath, content);
    return filePath;
  }

  /** Streams the menu's commands. There is one window, so a new request replaces the earlier one. */
  commands(): AsyncGenerator<AppCommand, void, undefined> {
    this.#commands.close();
    this.#commands = new Feed();
    return this.#commands.read();
  }

  /** Sends a command chosen in the menu to the window. */
  command(command: AppCommand): void {
    this.#commands.publish(command);
  }
}
