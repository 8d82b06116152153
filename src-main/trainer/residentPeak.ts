import { readFileSync, writeFileSync } from 'node:fs';

/** Measures the greatest resident memory from now on. Only Linux can; elsewhere it is since the process's start. */
export function restartResidentPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Then drawing the weights may need more memory than the step, so the numbers are upper bounds.
  }
}

/** Greatest resident memory of this process, in bytes. */
export function residentPeak(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  // In kilobytes on every platform, converted by Node.
  return process.resourceUsage().maxRSS * 1024;
}
