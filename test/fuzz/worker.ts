import { caseOf, whatWentWrong } from './fuzzCase.ts';
import { parsers } from './parsers.ts';
import type { FromWorker } from './message.ts';

/* Reads damaged files in a process of its own, one after the other, and tells of each before and after. */

const [parserName = '', seed, first] = process.argv.slice(2);
const parser = parsers[parserName];
if (!parser) throw new Error(`There is no parser ${parserName}.`);

const tell = (message: FromWorker) =>
  new Promise<void>((resolve) =>
    process.send?.(message, undefined, undefined, () => {
      resolve();
    }),
  );

const seeds = await parser.seeds();
process.on('disconnect', () => process.exit(0));
for (let index = Number(first); ; index++) {
  await tell({ begun: index });
  const failure = await whatWentWrong(parser, caseOf(seeds, Number(seed), index));
  await tell({ ended: index, failure: failure ?? null });
}
