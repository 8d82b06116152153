import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findPage } from '../pages.ts';

/** Where the files of the window come from. Only browsers that were admitted come here. */
export interface WindowPages {
  /** Answers with the file behind a path of the window; false if there is none, and then nothing was sent. */
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
      // If the file is deleted at this moment, the response stays incomplete.
      pipeline(createReadStream(page.path), response).catch(() => undefined);
      return true;
    },
    close: () => Promise.resolve(),
  };
}
