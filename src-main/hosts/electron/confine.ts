import { app, session, type WebContents } from 'electron';
import { openExternal } from './openExternal.ts';
import { pageOrigin } from './pageScheme.ts';

/** What the window's page needs of what it would have to ask for. Reading the clipboard is not among it. */
const granted = new Set(['clipboard-sanitized-write']);

/** Once Electron is ready: no page goes elsewhere, opens a window or gets a permission, whatever it tries. */
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
