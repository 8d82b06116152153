import { readFileSync, writeFileSync } from 'node:fs';
import { manualOf, manualPath } from './manual.ts';

/* Writes the commands and keys of the manual from the program's own definitions: npm run docs:manual. */

writeFileSync(manualPath, await manualOf(readFileSync(manualPath, 'utf8')));
// The session's signal handlers and log would keep the process.
process.exit();
