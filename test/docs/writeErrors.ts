import { writeFileSync } from 'node:fs';
import { errorsPage, errorsPagePath } from './errorsPage.ts';
import { thrownErrors } from './thrownErrors.ts';

/* Writes the page about all errors from the source: npm run docs:errors. */

writeFileSync(errorsPagePath, await errorsPage(thrownErrors()));
