import type { FromTrainer } from './protocol.ts';

/** The trainer's end of its channel to the workbench. */
export interface Channel {
  send(message: FromTrainer): void;
  onMessage(receive: (message: unknown) => void): void;
  /** The workbench is gone. */
  onClose(receive: () => void): void;
}

/** What Electron gives a utility process in place of Node's own channel. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', receive: (event: { data: unknown }) => void): void;
}

/** The channel of this process, a utility process of Electron or a child process of Node. */
export function openChannel(): Channel {
  const { parentPort } = process as { parentPort?: ParentPort };
  return parentPort === undefined ? childChannel() : utilityChannel(parentPort);
}

function childChannel(): Channel {
  return {
    send(message) {
      // Who is gone hears nothing more; without a callback, Node would end this process for it.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage(receive) {
      process.on('message', receive);
    },
    onClose(receive) {
      process.on('disconnect', receive);
    },
  };
}

function utilityChannel(port: ParentPort): Channel {
  return {
    send(message) {
      port.postMessage(message);
    },
    onMessage(receive) {
      port.on('message', ({ data }) => {
        receive(data);
      });
    },
    // Electron itself ends its utility processes when the program is gone.
    onClose: () => undefined,
  };
}
