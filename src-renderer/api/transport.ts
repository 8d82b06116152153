import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { portMessage } from '../../src-main/workbench/portMessage.ts';

export type Link = ClientLink<ClientContext>;

/** One connection to the workbench. It ends once; the next is a new one. */
export interface Transport {
  link: Link;
  /** Settles when calls can be made; rejects if it could not be opened. */
  opened: Promise<void>;
  closed: Promise<void>;
}

/** The desktop app hands over a port, the browser host a socket. */
export function openTransport(): Transport {
  return navigator.userAgent.includes(' Electron/') ? openPort() : openSocket();
}

function openPort(): Transport {
  const { port1, port2 } = new MessageChannel();
  window.postMessage(portMessage, location.origin, [port2]);
  port1.start();
  return {
    link: new PortLink({ port: port1 }),
    opened: Promise.resolve(),
    closed: new Promise((resolve) => {
      port1.addEventListener('close', () => {
        resolve();
      });
    }),
  };
}

function openSocket(): Transport {
  const socket = new WebSocket(new URL('api', `ws://${location.host}${location.pathname}`));
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => {
      resolve();
    });
  });
  const opened = new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve();
    });
    void closed.then(() => {
      reject(new Error('The workbench cannot be reached.'));
    });
  });
  return { link: new SocketLink({ websocket: socket }), opened, closed };
}
