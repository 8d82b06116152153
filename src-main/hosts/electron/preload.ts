import { ipcRenderer } from 'electron';
import { portMessage } from '../../workbench/portMessage.ts';

/** The few members of the page's window that are used here; the rest of the program has no window. */
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

/** The only access to Electron that the page gets: its port is passed on. */
window.addEventListener('message', ({ source, origin, data, ports }) => {
  const [port] = ports;
  if (source !== window || origin !== window.origin || data !== portMessage || port === undefined) return;
  ipcRenderer.postMessage(portMessage, null, [port]);
});
