import type { MenuItemConstructorOptions } from 'electron';
import type { AppCommand } from '../../workbench/Host.ts';

/**
 * The native menu. Keys that the window handles itself are only shown, since otherwise they would act twice.
 *
 * @param command sends the chosen command to the window
 */
export function menuTemplate(
  command: (command: AppCommand) => void,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const item = (label: string, does: AppCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: does,
    label,
    click: () => {
      command(does);
    },
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('New run…', 'new-run', 'CmdOrCtrl+N'),
        item('New study…', 'new-study', 'CmdOrCtrl+Shift+N'),
        separator,
        item('Settings', 'show-settings', 'CmdOrCtrl+,'),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        item('Runs', 'show-runs'),
        item('Feature maps', 'show-feature-maps'),
        item('Tables', 'show-tables'),
        item('Networks', 'show-networks'),
        separator,
        item('Command palette', 'command-palette', 'CmdOrCtrl+K'),
        separator,
        { role: 'reload' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('Keyboard shortcuts', 'keyboard-shortcuts', 'CmdOrCtrl+/')] },
  ];
}
