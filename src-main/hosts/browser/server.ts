import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { WebSocketServer, type WebSocket } from 'ws';
import { router } from '../../workbench/api.ts';
import { wireOptions } from '../../workbench/wire.ts';
import type { Downloads } from '../../workbench/Downloads.ts';
import type { Workbench } from '../../workbench/Workbench.ts';
import { pageHeaders } from '../pages.ts';
import { fromLoopback, sameOrigin, type BrowserAccess } from './access.ts';
import { receiveFile, uploadPath } from './receiveFile.ts';
import { sendDownload } from './sendDownload.ts';
import { Uploads } from './Uploads.ts';
import type { WindowPages } from './WindowPages.ts';

/** Enough for a dropped image with some overhead. */
const maxBytesOfMessage = 64 * 1024 * 1024;

/** Where the window opens its socket, below its own path. */
const apiPath = 'api';

/** A WebSocket's code for a message that its receiver cannot accept. */
const protocolError = 1002;

export interface BrowserServer {
  /** The address that admits the next browser, once. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface BrowserServerOptions {
  workbench: Workbench;
  door: BrowserAccess;
  pages: WindowPages;
  /** 0 for any free port. */
  port: number;
  /** Called when a browser was admitted, with the address for the next one. */
  onAdmitted?: (address: string) => void;
}

/** Serves the window and the API on loopback, over HTTP and a WebSocket. */
export async function serveBrowser({
  workbench,
  door,
  pages,
  port: requestedPort,
  onAdmitted = () => undefined,
}: BrowserServerOptions): Promise<BrowserServer> {
  // A file may be on its way for an hour. A request that says nothing at first is still ended.
  const server = createServer({ requestTimeout: 0 });
  const uploads = new Uploads(workbench.home);
  await listen(server, requestedPort);
  const { port } = server.address() as AddressInfo;
  const nextAddress = () => `http://127.0.0.1:${port}${door.invitation}`;
  const admitted = () => {
    onAdmitted(nextAddress());
  };
  server.on('request', (request, response) => {
    answer({ door, pages, uploads, downloads: workbench.downloads, admitted }, request, response);
  });
  const sockets = openSockets(server, { door, pages }, workbench);
  return {
    get address() {
      return nextAddress();
    },
    port,
    close: async () => {
      await pages.close();
      uploads.close();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

interface Reception {
  door: BrowserAccess;
  pages: WindowPages;
  uploads: Uploads;
  downloads: Downloads;
  admitted: () => void;
}

function answer(
  { door, pages, uploads, downloads, admitted }: Reception,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (!fromLoopback(request)) refuse(response, 421, 'This workbench answers only to this machine itself.');
  else if (!url) refuse(response, 400, 'That is no address of a page.');
  else if (request.method === 'POST' && url.pathname === door.path + uploadPath) {
    // The cookie alone is not enough, as for a socket: the page that sends it must be of this address.
    if (sameOrigin(request) && door.admits(request)) void receiveFile(uploads, url, request, response);
    else refuse(response, 403, 'Only the window may send files.');
  } else if (request.method !== 'GET') refuse(response, 405, 'Only pages are served here.');
  else if (door.accepts(url.searchParams.get('token'))) {
    admit(response, door);
    admitted();
  } else if (!url.pathname.startsWith(door.path) || !door.admits(request)) {
    refuse(response, 403, 'Open the newest address that the workbench printed: each admits one browser.');
  }
  // A browser that has been admitted opens an address again.
  else if (url.searchParams.has('token')) admit(response, door);
  else {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    const pathname = url.pathname.slice(door.path.length - 1);
    const sent = sendDownload(downloads, response, pathname) || pages.send(request, response, pathname);
    if (!sent) refuse(response, 404, 'There is no such page.');
  }
}

/** Sends the browser to the window's own path with its cookie, so that the token does not stay in the address bar. */
function admit(response: ServerResponse, door: BrowserAccess): void {
  response.writeHead(303, { ...pageHeaders, Location: door.path, 'Set-Cookie': door.setCookie }).end();
}

/** Serves the API to each socket that is allowed; what is not for the API goes to the pages. */
function openSockets(
  server: Server,
  { door, pages }: Pick<Reception, 'door' | 'pages'>,
  workbench: Workbench,
): WebSocketServer {
  const handler = new StandardRPCHandler(router, wireOptions);
  const handleCall = createServerPeerHandleRequestFn(handler, { context: workbench });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBytesOfMessage });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener, a broken connection would end the program.
    socket.on('error', () => socket.destroy());
    const allowed = fromLoopback(request) && sameOrigin(request) && door.admits(request);
    if (allowed && request.url === `${door.path}${apiPath}`) {
      sockets.handleUpgrade(request, socket, head, (connection) => {
        // So would a malformed or too large message; the socket closes by itself.
        connection.on('error', () => undefined);
        answerCalls(connection, handleCall);
      });
    } else if (allowed && pages.connect) pages.connect(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  return sockets;
}

/** Answers the calls of one socket. At a message that is none, it is closed, as nothing that follows can be relied on. */
function answerCalls(
  connection: WebSocket,
  handleCall: ReturnType<typeof createServerPeerHandleRequestFn>,
): void {
  const peer = new ServerPeer((message) => {
    connection.send(message);
  });
  connection.binaryType = 'nodebuffer';
  connection.on('message', (data: Buffer, isBinary) => {
    peer.message(isBinary ? data : data.toString('utf8'), handleCall).catch(() => {
      connection.close(protocolError, 'That is no call of the workbench.');
    });
  });
  connection.on('close', () => {
    peer.close();
  });
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
