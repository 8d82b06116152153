import { runProgram } from './runProgram.ts';

const millisecondsToLoad = 60_000;

/**
 * Why an addon does not load, or undefined if it does. It is loaded in a process of its own: a damaged library ends the
 * process that loads it. The packaged app cannot start such a process, and relies on the checksums.
 */
export async function whyNotLoadable(addon: string): Promise<string | undefined> {
  if ('electron' in process.versions) return undefined;
  const program = 'process.dlopen({ exports: {} }, process.argv[1])';
  try {
    const end = await runProgram(process.execPath, ['-e', program, addon], {
      signal: AbortSignal.timeout(millisecondsToLoad),
    });
    if (end.outcome === 'succeeded') return undefined;
    const lines = end.outcome === 'missing' ? [] : end.lines;
    return (
      lines.find((line) => /^(\w*Error|.*: symbol lookup error)/.test(line)) ??
      'the process that loads it crashes'
    );
  } catch {
    return 'it takes too long';
  }
}
