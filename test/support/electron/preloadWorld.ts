/* What runs in the page's process, before the page does. */

/** The little of a page that is needed here, and the binding that leads to the program. */
interface PreloadWorld {
  self: unknown;
  top: unknown;
  location: { origin: string };
  standInSend(message: string): void;
  standInReceive: (port: number, data: { text: string } | { base64: string } | null) => void;
}

interface PagePort {
  onmessage: ((event: { data: unknown }) => void) | null;
  postMessage(data: unknown): void;
  close(): void;
}

/** A call on the binding. */
export type FromPreload =
  | { type: 'post'; channel: string; message: unknown; ports: number[]; origin: string }
  | { type: 'data'; port: number; text?: string; base64?: string };

/**
 * Runs a preload script as Electron does: in the page's main frame alone, with a `require` that knows `electron`. It is
 * sent to the page as text, so nothing from outside can be used within.
 */
export function runPreload(world: PreloadWorld, preload: (require: (name: string) => unknown) => void): void {
  if (world.self !== world.top) return;
  const ports = new Map<number, PagePort>();
  const send = (message: FromPreload) => {
    world.standInSend(JSON.stringify(message));
  };
  const bytesOf = (data: ArrayBuffer | Uint8Array) =>
    Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join('');
  const keep = (port: PagePort) => {
    const id = ports.size + 1;
    ports.set(id, port);
    port.onmessage = ({ data }) => {
      if (typeof data === 'string') send({ type: 'data', port: id, text: data });
      else send({ type: 'data', port: id, base64: btoa(bytesOf(data as Uint8Array)) });
    };
    return id;
  };
  world.standInReceive = (id, data) => {
    const port = ports.get(id);
    if (data === null) port?.close();
    else if ('text' in data) port?.postMessage(data.text);
    else port?.postMessage(Uint8Array.from(atob(data.base64), (letter) => letter.charCodeAt(0)));
  };
  const ipcRenderer = {
    postMessage(channel: string, message: unknown, transfer: PagePort[] = []) {
      const { origin } = world.location;
      send({ type: 'post', channel, message, ports: transfer.map(keep), origin });
    },
  };
  preload((name) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload has no module ${name}.`);
    return { ipcRenderer };
  });
}
