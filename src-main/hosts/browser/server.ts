import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { router } from '../../workbench/api.ts';
import { wireOptions } from '../../workbench/wire.ts';
import type { Workbench } from '../../workbench/Workbench.ts';
import { findPage, pageHeaders } from '../pages.ts';
import { cookieName, fromLoopback, hasToken, sameOrigin, sameText } from './access.ts';

/** Enough for an uploaded image with some overhead. */
const maxBytesOfMessage = 64 * 1024 * 1024;

/** The path at which the window opens its socket. */
const apiPath = '/api';

export interface BrowserServer {
  /** Address with the token, which gives access to the workbench. */
  address: string;
  close(): Promise<void>;
}

export interface BrowserServerOptions {
  workbench: Workbench;
  token: string;
  /** Folder of the built window. */
  pages: string;
  /** 0 for any free port. */
  port: number;
}

/** Serves the window and the API on loopback, over HTTP and a WebSocket. */
export async function serveBrowser({
  workbench,
  token,
  pages,
  port: requestedPort,
}: BrowserServerOptions): Promise<BrowserServer> {
  const server = createServer();
  await listen(server, requestedPort);
  const { port } = server.address() as AddressInfo;
  const door = { port, token, pages };
  server.on('request', (request, response) => {
    answer(door, request, response);
  });
  const sockets = openSockets(server, door, workbench);
  return {
    address: `http://127.0.0.1:${port}/?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** What decides which requests are allowed, and what they can reach. */
interface Door {
  port: number;
  token: string;
  pages: string;
}

function answer({ port, token, pages }: Door, request: IncomingMessage, response: ServerResponse): void {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  const given = url?.searchParams.get('token') ?? null;
  if (!fromLoopback(request)) refuse(response, 421, 'This workbench answers only to this machine itself.');
  else if (request.method !== 'GET') refuse(response, 405, 'Only pages are served here.');
  else if (!url) refuse(response, 400, 'That is no address of a page.');
  else if (given !== null && sameText(given, token)) admit(response, cookieName(port), token);
  else if (!hasToken(request, port, token))
    refuse(response, 403, 'Open the address that the workbench printed.');
  else send(response, pages, url.pathname);
}

function send(response: ServerResponse, pages: string, pathname: string): void {
  const page = findPage(pages, pathname);
  if (!page) {
    refuse(response, 404, 'There is no such page.');
    return;
  }
  response.writeHead(200, { ...pageHeaders, 'Content-Type': page.type });
  // If the file is deleted at this moment, the response stays incomplete.
  pipeline(createReadStream(page.path), response).catch(() => undefined);
}

/** Moves the token from the address bar to a cookie that no script can read. */
function admit(response: ServerResponse, name: string, token: string): void {
  const cookie = `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`;
  response.writeHead(303, { ...pageHeaders, Location: '/', 'Set-Cookie': cookie }).end();
}

/** Serves the API to each socket that is allowed. */
function openSockets(server: Server, { port, token }: Door, workbench: Workbench): WebSocketServer {
  const handler = new RPCHandler(router, wireOptions);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBytesOfMessage });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener, a broken connection would end the program.
    socket.on('error', () => socket.destroy());
    const allowed = fromLoopback(request) && sameOrigin(request) && hasToken(request, port, token);
    if (request.url !== apiPath || !allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      // So would a malformed or too large message; the socket closes by itself.
      connection.on('error', () => undefined);
      void handler.upgrade(connection, { context: workbench });
    });
  });
  return sockets;
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8' })
    .end(`${text}\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
