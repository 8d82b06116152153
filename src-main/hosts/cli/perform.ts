import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes } from './exitCodes.ts';
import { reportJson, reportOf, reportText } from './output/reports.ts';
import { buildProgram } from './program.ts';
import type { Session } from './Session.ts';

/** Performs the command that the words name, and closes the session. What goes wrong is written for a person. @returns the exit code */
export async function perform(session: Session, words: string[]): Promise<number> {
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
