/*
 * Stands in for Electron where its binary is not: the program's main process is Node, its window's page is in Chromium,
 * which really enforces what pages may do, and the desktop around them writes down what it is asked for.
 */

export { app } from './app.ts';
export { BrowserWindow } from './BrowserWindow.ts';
export { dialog, Menu, nativeTheme, Notification, powerSaveBlocker, screen, shell } from './desktop.ts';
export { MessagePortMain } from './MessagePortMain.ts';
export { ipcMain } from './preload.ts';
export { protocol, request } from './protocol.ts';
export { isDeviceGranted, isGranted, permissions, session } from './session.ts';
export { utilityProcess } from './utilityProcess.ts';
