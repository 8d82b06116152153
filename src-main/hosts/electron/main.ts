import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { app, dialog, Menu, type BrowserWindow } from 'electron';
import { reportError } from '../../foundation/errors.ts';
import { requireFolder } from '../../foundation/files.ts';
import { dataHome } from '../../foundation/home.ts';
import { keepPrivate } from '../../foundation/privateFolders.ts';
import { localClient } from '../../workbench/api.ts';
import { Workbench } from '../../workbench/Workbench.ts';
import { printable } from '../../vocabulary/printable.ts';
import { errorText, endOnUncaughtError } from '../lastGuard.ts';
import { announceWork } from './announce.ts';
import { confinePages } from './confine.ts';
import { ElectronHost } from './ElectronHost.ts';
import { menuTemplate } from './menu.ts';
import { openWindow } from './openWindow.ts';
import { registerPageScheme, servePages } from './pageScheme.ts';
import { Quitting } from './Quitting.ts';
import { serveApi } from './serveApi.ts';
import { startUtilityTrainer } from './utilityTrainer.ts';

/* The desktop app: a window on the workbench, in a process that also holds the workbench. */

const home = chosenHome();
const browserData = join(home, 'window');
const problem = problemOfHome();
// Chromium's own files are kept in the data folder, so that there is one instance for each data folder.
if (problem === undefined) app.setPath('userData', browserData);
app.enableSandbox();
registerPageScheme();

if (problem !== undefined) {
  void app.whenReady().then(() => {
    refuse(problem);
  });
} else if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  let window: BrowserWindow | undefined;
  const shown = () => window;
  const host = new ElectronHost(shown);
  const workbench = new Workbench({
    home,
    startTrainer: startUtilityTrainer,
    host,
    onUnreadable: (path, { message, nextStep }) => {
      process.stderr.write(printable(`${path} is left out of the log. ${message} ${nextStep}\n`));
    },
  });
  endOnUncaughtError(
    () => workbench.close(),
    (code) => {
      app.exit(code);
    },
  );
  confinePages();
  servePages();
  serveApi(workbench);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate((command) => {
        host.command(command);
      }),
    ),
  );
  void workbench.takeUp();
  const work = announceWork(localClient(workbench), shown);
  const quitting = new Quitting(workbench, work, shown);

  const show = () => {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    const opened = openWindow(workbench);
    window = opened;
    opened.on('close', (event) => {
      // Except on macOS, the program ends with its window, so it asks while the window still exists.
      if (process.platform === 'darwin' || quitting.agreed) return;
      event.preventDefault();
      app.quit();
    });
    opened.on('closed', () => {
      window = undefined;
    });
  };
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  show();
}

/** Makes the data folder. @returns what keeps it from being used */
function problemOfHome(): unknown {
  try {
    keepPrivate(home);
    requireFolder(browserData);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Tells the error in a dialog, once there can be one, and ends. */
function refuse(error: unknown): void {
  const { message, nextStep } = reportError(error);
  process.stderr.write(errorText(error));
  dialog.showErrorBox('The data folder cannot be used', printable(`${message}\n${nextStep}`));
  app.exit(1);
}

/** The data folder from the command line, which may also contain switches of Electron and Chromium. */
function chosenHome(): string {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { home: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  return resolve(dataHome(typeof values.home === 'string' ? values.home : undefined));
}
