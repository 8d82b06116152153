import { endAfterParent } from './parentWatch.ts';
import type { FromTrainer } from './protocol.ts';

/** The trainer's end of its channel to the workbench. */
export interface Channel {
  send(message: FromTrainer): void;
  onMessage(receive: (message: unknown) => void): void;
  /** Ends this process with the workbench, even if it hangs. */
  endWithWorkbench(): void;
  /** Calls `receive` when the workbench is gone. */
  onClose(receive: () => void): void;
}

/** Electron's replacement for Node's own channel in a utility process. */
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
      // The workbench may be gone; without a callback, Node would then end this process with an error.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage(receive) {
      process.on('message', receive);
    },
    endWithWorkbench: () => {
      endAfterParent();
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
    endWithWorkbench: () => undefined,
    onClose: () => undefined,
  };
}
