import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findPage } from '../pages.ts';

/** Where the files of the window come from. Asked only for those who may use the workbench. */
export interface WindowPages {
  /** Answers with the file behind a path; false if there is none, and then nothing was sent. */
  send(request: IncomingMessage, response: ServerResponse, pathname: string): boolean;
  /** Takes a WebSocket that is not the API's. */
  connect?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** The window as it was built into a folder. */
export function builtPages(folder: string): WindowPages {
  return {
    send(_, response, pathname) {
      const page = findPage(folder, pathname);
      if (!page) return false;
      response.writeHead(200, { 'Content-Type': page.type });
      // A file that went in this moment leaves the answer unfinished.
      pipeline(createReadStream(page.path), response).catch(() => undefined);
      return true;
    },
    close: () => Promise.resolve(),
  };
}
