import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

/* A utility process: the program that is named first, with Electron's port in place of Node's channel. */

const send = process.send?.bind(process);
if (!send) throw new Error('There is no channel to the main process.');
const port = Object.assign(new EventEmitter(), {
  postMessage(message: unknown) {
    if (process.connected) send(message, undefined, undefined, () => undefined);
  },
});
process.on('message', (data) => port.emit('message', { data }));
// Electron ends its utility processes with the program.
process.on('disconnect', () => process.exit(1));
Object.assign(process, { parentPort: port, send: undefined });

process.argv.splice(1, 1);
const [, path = ''] = process.argv;
await import(pathToFileURL(path).href);
