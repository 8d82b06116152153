import { CommanderError } from 'commander';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataHome } from '../../foundation/home.ts';
import { guard } from '../lastGuard.ts';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { goToCaller } from './npm.ts';
import { reportJson, reportOf, reportText } from './output/reports.ts';
import { buildProgram } from './program.ts';
import { Session } from './Session.ts';

goToCaller();
process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  const session = new Session(globalOptions(words));
  surviveClosedPipes(session);
  guard(() => session.close());
  try {
    const program = buildProgram(session, await session.client.keys());
    await program.parseAsync(words, { from: 'user' });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) {
      return error.exitCode === 0 ? exitCodes.success : exitCodes.input;
    }
    const report = reportOf(error);
    if (session.interrupts.happened && report.kind === 'interrupted') return exitCodes.interrupted;
    session.progress.clear();
    process.stderr.write(reportText(report));
    if (session.json) session.line({ error: reportJson(report) });
    return exitCodeOf(report.kind);
  } finally {
    await session.close();
  }
}

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
