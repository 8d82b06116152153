import { readFileSync, writeFileSync } from 'node:fs';

/** Lets the greatest resident memory count from now on. Only Linux can; elsewhere it counts from the process's start. */
export function restartResidentPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Then weights that were just drawn may count more than the step: the numbers are upper bounds.
  }
}

/** Greatest resident memory of this process, in bytes. */
export function residentPeak(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // No Linux.
  }
  // In kilobytes on every platform: Node converts.
  return process.resourceUsage().maxRSS * 1024;
}
