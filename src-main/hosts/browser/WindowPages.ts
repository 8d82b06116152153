import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findPage } from '../pages.ts';
import { codingFor, CompressedFiles } from './compressed.ts';

/** Where the files of the window come from. Only browsers that were admitted come here. */
export interface WindowPages {
  /** Answers with the file behind a path of the window; false if there is none, and then nothing was sent. */
  send(request: IncomingMessage, response: ServerResponse, pathname: string): boolean;
  /** Takes a WebSocket that is not the API's. */
  connect?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** For the one browser that was admitted, and no store between. */
const lasting = 'private, max-age=31536000, immutable';

/** The window as it was built into a folder. */
export function builtPages(folder: string): WindowPages {
  const compressed = new CompressedFiles();
  return {
    send(request, response, pathname) {
      const page = findPage(folder, pathname);
      if (!page) return false;
      response.setHeader('Content-Type', page.type);
      response.setHeader('Vary', 'Accept-Encoding');
      // Their names change with their content.
      if (pathname.startsWith('/assets/')) response.setHeader('Cache-Control', lasting);
      const coding = codingFor(request.headers['accept-encoding'], page.type);
      if (coding) {
        response.writeHead(200, { 'Content-Encoding': coding }).end(compressed.read(page.path, coding));
        return true;
      }
      response.writeHead(200);
      // If the file is deleted at this moment, the response stays incomplete.
      pipeline(createReadStream(page.path), response).catch(() => undefined);
      return true;
    },
    close: () => Promise.resolve(),
  };
}
