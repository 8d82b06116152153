import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorMeanings } from '../../src-main/foundation/errorCodes.ts';
import { errorsPage, errorsPagePath } from './errorsPage.ts';
import { thrownErrors } from './thrownErrors.ts';

const thrown = thrownErrors();

it('is written as the catalogue and the places that throw say: npm run docs:errors', async () => {
  expect(readFileSync(errorsPagePath, 'utf8')).toBe(await errorsPage(thrown));
});

it('has no code that nothing throws', () => {
  const used = new Set<string>(thrown.map(({ code }) => code));
  // Given to a stored error in place of the code that it had.
  used.add('unrecognised');
  expect(Object.keys(errorMeanings).filter((code) => !used.has(code))).toEqual([]);
});
