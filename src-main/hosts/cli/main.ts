import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataHome } from '../../foundation/home.ts';
import { guard } from '../lastGuard.ts';
import { exitCodes } from './exitCodes.ts';
import { goToCaller } from './npm.ts';
import { perform } from './perform.ts';
import { Session } from './Session.ts';

goToCaller();
const words = process.argv.slice(2);
const session = new Session(globalOptions(words));
surviveClosedPipes(session);
guard(() => session.close());
process.exitCode = await perform(session, words);

/** The options that decide how the program is built. The other words are parsed later. */
function globalOptions(words: string[]): { home: string; json: boolean } {
  const { values } = parseArgs({
    args: words,
    options: { home: { type: 'string' }, json: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  });
  return {
    home: resolve(dataHome(typeof values.home === 'string' ? values.home : undefined)),
    json: values.json === true,
  };
}

/** A reader such as `head` closes the pipe early: then a training stops in an orderly way, and anything else ends. */
function surviveClosedPipes({ interrupts }: Session): void {
  let closed = false;
  process.stdout.on('error', () => {
    if (closed) return;
    closed = true;
    if (!interrupts.handled) process.exit(exitCodes.success);
    interrupts.interrupt();
  });
  process.stderr.on('error', () => undefined);
}
