import { createServer as createHttpServer } from 'node:http';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer } from 'vite';
import type { WindowPages } from './WindowPages.ts';

/**
 * The window as its sources are now: a page that is open takes over each change to them.
 *
 * @param path below which the window lies
 */
export async function livePages(sources: string, path: string): Promise<WindowPages> {
  // Listens nowhere: it is handed the connections that the workbench's own server has let in.
  const doorway = createHttpServer();
  const vite = await createServer({
    configFile: false,
    root: sources,
    base: path,
    plugins: [svelte({ configFile: false })],
    logLevel: 'warn',
    server: { middlewareMode: true, ws: { server: doorway } },
  });
  return {
    send(request, response) {
      vite.middlewares(request, response);
      return true;
    },
    connect(request, socket, head) {
      doorway.emit('upgrade', request, socket, head);
    },
    close: () => vite.close(),
  };
}
