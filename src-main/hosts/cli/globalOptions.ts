import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataHome } from '../../foundation/home.ts';

/** The options that decide how the program is built. The other words are parsed later. */
export function globalOptions(words: string[]): { home: string; json: boolean } {
  const { values } = parseArgs({
    args: words,
    options: { home: { type: 'string' }, json: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  });
  return {
    home: resolve(dataHome(typeof values.home === 'string' ? values.home : undefined)),
    json: values.json === true,
  };
}
