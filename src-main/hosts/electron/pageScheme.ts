import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { protocol, type WebFrameMain } from 'electron';
import { buildFolder } from '../../foundation/project.ts';
import { findPage, pageHeaders } from '../pages.ts';

const scheme = 'app';
const host = 'workbench';
/** The origin of the window's page, and of no other page. */
export const pageOrigin = `${scheme}://${host}`;

/** Call before Electron is ready: pages of the scheme get an origin of their own and count as secure. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

/** Serves the built window, and nothing outside its folder. */
export function servePages(folder = join(buildFolder, 'renderer')): void {
  protocol.handle(scheme, async ({ method, url }) => {
    const { host: asked, pathname } = new URL(url);
    const page = method === 'GET' && asked === host ? findPage(folder, pathname) : undefined;
    if (!page) return new Response('There is no such page.\n', { status: 404, headers: pageHeaders });
    const headers = { ...pageHeaders, 'Content-Type': page.type };
    return new Response(new Uint8Array(await readFile(page.path)), { headers });
  });
}

/** Whether a message comes from the window's own page itself, not from a frame within it or from another page. */
export function isOwnPage(frame: WebFrameMain | null): boolean {
  return frame?.parent === null && frame.origin === pageOrigin;
}
