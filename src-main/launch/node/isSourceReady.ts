import { existsSync } from 'node:fs';
import { hashOfFile } from '../../foundation/hashOfFile.ts';
import { sourceChanged } from '../errors.ts';
import { readReport } from '../events.ts';
import type { Source } from '../job.ts';

/**
 * Looks whether the run that another starts from is finished, with the weights that it finished with. The scheduler's word
 * is not enough: it starts at once what waits for a job that it has forgotten.
 *
 * @returns false if it is not finished
 * @throws WorkbenchError `source-changed`
 */
export async function isSourceReady({ run, weights, events, sha256 }: Source): Promise<boolean> {
  const end = events === null ? null : readReport(events).end;
  const expected = sha256 ?? (end?.type === 'finished' ? end.sha256 : null);
  if (expected === null) return false;
  if (!existsSync(weights) || (await hashOfFile(weights)) !== expected) throw sourceChanged(run);
  return true;
}
