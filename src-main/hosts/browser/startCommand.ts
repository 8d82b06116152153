import { resolve } from 'node:path';
import { dataHome } from '../../foundation/home.ts';
import { quotedForShell } from '../../foundation/quotedForShell.ts';

/** The port that bookmarks and ssh tunnels expect; if it is in use, the next free one is used. */
export const defaultPort = 8486;

/** What starts the workbench again at the same address and on the same data folder, in the project's folder. */
export function startCommand(home: string, port: number): string {
  const options = [
    '--browser',
    ...(port === defaultPort ? [] : ['--port', String(port)]),
    ...(home === resolve(dataHome())
      ? []
      : ['--home', /^[\w./-]+$/.test(home) ? home : quotedForShell(home)]),
  ];
  return `npm start -- ${options.join(' ')}`;
}
