import { writeFileSync } from 'node:fs';
import { errorsPage, errorsPagePath } from './errorsPage.ts';

/* Writes the page about all errors from the source: npm run docs:errors. */

writeFileSync(errorsPagePath, await errorsPage());
