import { endOnUncaughtError } from '../lastGuard.ts';
import { exitCodes } from './exitCodes.ts';
import { globalOptions } from './globalOptions.ts';
import { goToCaller } from './npm.ts';
import { perform } from './perform.ts';
import { Session } from './Session.ts';

goToCaller();
const words = process.argv.slice(2);
const session = new Session(globalOptions(words));
surviveClosedPipes(session);
endOnUncaughtError(() => session.close());
process.exitCode = await perform(session, words);

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
