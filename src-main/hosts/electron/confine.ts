import { app, session, type WebContents } from 'electron';
import { openExternal } from './openExternal.ts';
import { pageOrigin } from './pageScheme.ts';

/** The permissions that the window's page needs. Reading the clipboard is not one of them. */
const granted = new Set(['clipboard-sanitized-write']);

/** Call once Electron is ready: then no page can navigate elsewhere, open a window or get another permission. */
export function confinePages(): void {
  session.defaultSession.setPermissionRequestHandler((page, permission, decide) => {
    decide(granted.has(permission) && isOwn(page.getURL()));
  });
  session.defaultSession.setPermissionCheckHandler(
    (_page, permission, origin) => granted.has(permission) && isOwn(origin),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, page) => {
    confine(page);
  });
}

function confine(page: WebContents): void {
  page.on('will-navigate', (event) => {
    if (!isOwn(event.url)) event.preventDefault();
  });
  page.on('will-redirect', (event) => {
    if (!isOwn(event.url)) event.preventDefault();
  });
  page.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  page.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
}

function isOwn(url: string): boolean {
  const { protocol, host } = URL.parse(url) ?? {};
  return `${protocol ?? ''}//${host ?? ''}` === pageOrigin;
}
