import { ipcRenderer } from 'electron';
import { portMessage } from '../../workbench/portMessage.ts';

/** The little that is needed of the page's window; the rest of the program has none. */
declare const window: {
  origin: string;
  addEventListener(type: 'message', receive: (event: PageMessage) => void): void;
};

interface PageMessage {
  source: unknown;
  origin: string;
  data: unknown;
  ports: readonly InstanceType<typeof MessagePort>[];
}

/** All that the page gets of Electron: its port is passed on. */
window.addEventListener('message', ({ source, origin, data, ports }) => {
  const [port] = ports;
  if (source !== window || origin !== window.origin || data !== portMessage || port === undefined) return;
  ipcRenderer.postMessage(portMessage, null, [port]);
});
