import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reportError, WorkbenchError } from '../../foundation/errors.ts';
import { dataHome } from '../../foundation/home.ts';
import { plainHost } from '../../workbench/Host.ts';
import { Workbench } from '../../workbench/Workbench.ts';
import { printable } from '../../vocabulary/printable.ts';
import { forkLastingTrainer } from '../forkTrainer.ts';
import { errorText, endOnUncaughtError } from '../lastGuard.ts';
import { browserSecret, BrowserAccess } from './access.ts';
import { noteServed, otherWindow } from '../../workbench/servedWindow.ts';
import { serveBrowser, type BrowserServer } from './server.ts';
import { defaultPort, startCommand } from './startCommand.ts';
import type { WindowPages } from './WindowPages.ts';

/** Makes the pages of the window, which lie below a path that begins and ends with a slash. */
type MakePages = (path: string) => WindowPages | Promise<WindowPages>;

/** Opens the workbench of the command line's `--home` for a browser, until a signal ends it. Sets the exit code. */
export async function runBrowserHost(makePages: MakePages): Promise<void> {
  try {
    await serve(makePages);
  } catch (error) {
    process.stderr.write(errorText(error));
    process.exitCode = reportError(error).kind === 'input' ? 2 : 1;
  }
}

async function serve(makePages: MakePages): Promise<void> {
  const { values } = readOptions();
  const home = resolve(dataHome(values.home));
  const host = plainHost('browser');
  const workbench = new Workbench({
    home,
    startTrainer: forkLastingTrainer,
    host,
    onUnreadable: (path, { message, nextStep }) => {
      process.stderr.write(printable(`${path} is left out of the log. ${message} ${nextStep}\n`));
    },
  });
  endOnUncaughtError(() => workbench.close());
  await workbench.takeUp();
  const door = new BrowserAccess(browserSecret(home));
  const pages = await makePages(door.path);
  const server = await serveOn(values.port === undefined ? [defaultPort, 0] : [portOf(values.port)], (port) =>
    serveBrowser({
      workbench,
      door,
      pages,
      port,
      onAdmitted: (address) => {
        process.stderr.write(`A browser was admitted. The next is by ${address}\n`);
      },
    }),
  ).catch(async (error: unknown) => {
    await pages.close();
    throw error;
  });
  host.startCommand = startCommand(home, server.port);
  const other = otherWindow(workbench, door.path);
  const takeBack = other === undefined ? noteServed(home, server.port) : () => undefined;
  let ending = false;
  const close = async () => {
    try {
      await workbench.close();
    } finally {
      takeBack();
      await server.close().finally(() => process.exit(0));
    }
  };
  // Not HUP: a terminal that closes ends the program at once, as a kill does, and what it trains goes on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (values['keep-training']) leave();
      if (ending) process.exit(130);
      ending = true;
      if (workbench.isTraining)
        process.stderr.write('Checkpointing what is under way. Ctrl+C again ends at once.\n');
      void close();
    });
  }
  process.stdout.write(`VGG Workbench is at ${server.address}\n`);
  process.stderr.write(
    'Open that address in a browser of this machine: it admits one. Ctrl+C ends the workbench.\n',
  );
  if (other !== undefined) process.stderr.write(other);
}

/** Ends this process as a kill does: what it trains goes on. */
function leave(): void {
  process.stderr.write('What is trained goes on. The next start takes it up.\n');
  process.kill(process.pid, 'SIGKILL');
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        home: { type: 'string' },
        port: { type: 'string' },
        'keep-training': { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new WorkbenchError(
      'usage',
      error instanceof Error ? error.message : String(error),
      'Give --home, --port or --keep-training.',
    );
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  throw new WorkbenchError('usage', `${text} is no port.`, 'Give a whole number from 0 to 65535.');
}

/** Serves on the first free port. */
async function serveOn(
  ports: readonly number[],
  serve: (port: number) => Promise<BrowserServer>,
): Promise<BrowserServer> {
  for (const port of ports) {
    try {
      return await serve(port);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new WorkbenchError(
    'port-taken',
    `Port ${ports.join(', ')} is taken by another program.`,
    'Choose another with --port, or leave it out.',
  );
}
