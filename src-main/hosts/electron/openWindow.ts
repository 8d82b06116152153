import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { buildFolder, resourcesFolder } from '../../foundation/project.ts';
import type { Workbench } from '../../workbench/Workbench.ts';
import { pageOrigin } from './pageScheme.ts';
import { readWindowState, writeWindowState } from './windowState.ts';

const defaultSize = { width: 1440, height: 900 };

/** Opens the only window at its last position, with the page in a sandbox. */
export function openWindow(workbench: Workbench): BrowserWindow {
  const statePath = join(workbench.home, 'window.json');
  const state = readWindowState(
    statePath,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const { theme } = workbench.settings.read();
  const isDark = theme === 'system' ? nativeTheme.shouldUseDarkColors : theme === 'dark';
  const window = new BrowserWindow({
    ...(state?.bounds ?? defaultSize),
    minWidth: 900,
    minHeight: 600,
    title: 'VGG Workbench',
    icon: join(resourcesFolder, 'icons', 'icon.png'),
    // Visible for a moment before the page is.
    backgroundColor: isDark ? '#16181d' : '#ffffff',
    show: false,
    webPreferences: {
      preload: join(buildFolder, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.maximised) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    writeWindowState(statePath, window);
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window, reason);
  });
  void window.loadURL(`${pageOrigin}/`);
  return window;
}

/** Offers to reload after the page's process has died; training goes on without it. */
async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The page of the window has stopped working.',
    detail: `Its process ended (${reason}). What is under way goes on, and nothing is lost.`,
    buttons: ['Reload', 'Close the window'],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.close();
}
