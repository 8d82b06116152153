import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { appendJsonLine, jsonLines } from '../../src-main/foundation/jsonLines.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

it('keeps each line apart from what a writer that died left before it', () => {
  const path = join(temporaryFolder(), 'lines.jsonl');
  appendJsonLine(path, { step: 1 });
  appendFileSync(path, '{"step": 2, "ha');
  appendJsonLine(path, { step: 3 });
  appendJsonLine(path, { other: 4 });
  const schema = z.object({ at: z.iso.datetime(), step: z.int() });
  expect(jsonLines(schema, readFileSync(path, 'utf8')).map(({ step }) => step)).toEqual([1, 3]);
});
