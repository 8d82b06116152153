import { readFileSync } from 'node:fs';
import { z } from 'zod';

/* Adds up what the test programs report, the window's last: `565 passed, 0 failed, 3 skipped`. */

const unitReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() });
const windowReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

const files = process.argv.slice(2);
const windowFile = files.pop() ?? '';
const units = files.map((file) => unitReport.parse(JSON.parse(readFileSync(file, 'utf8'))));
const sum = (countOf: (unit: z.infer<typeof unitReport>) => number) =>
  units.reduce((total, unit) => total + countOf(unit), 0);
const { stats } = windowReport.parse(JSON.parse(readFileSync(windowFile, 'utf8')));
const passed = sum((unit) => unit.numPassedTests) + stats.expected;
const failed = sum((unit) => unit.numFailedTests) + stats.unexpected + stats.flaky;
const skipped = sum((unit) => unit.numPendingTests) + stats.skipped;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
