import { readFileSync } from 'node:fs';
import { z } from 'zod';

/* Adds up what the two test programs report: `565 passed, 0 failed, 3 skipped`. */

const unitReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() });
const windowReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

const [unitFile = '', windowFile = ''] = process.argv.slice(2);
const unit = unitReport.parse(JSON.parse(readFileSync(unitFile, 'utf8')));
const { stats } = windowReport.parse(JSON.parse(readFileSync(windowFile, 'utf8')));
const passed = unit.numPassedTests + stats.expected;
const failed = unit.numFailedTests + stats.unexpected + stats.flaky;
const skipped = unit.numPendingTests + stats.skipped;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
