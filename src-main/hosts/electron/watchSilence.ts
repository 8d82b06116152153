import { reportError } from '../../foundation/errors.ts';
import { newsBetween, type News, type SeenRun } from '../../vocabulary/news.ts';
import type { WorkbenchClient } from '../../workbench/api.ts';

/**
 * Follows the list of runs and reports a trainer that gives no sign of life any more. How work ended is reported by what
 * follows the queue. Settles when the list ends; never rejects.
 */
export async function watchSilence(
  client: Pick<WorkbenchClient, 'runs'>,
  onSilence: (news: News) => void,
): Promise<void> {
  const seen = new Map<string, SeenRun>();
  try {
    for await (const { changed, removed } of await client.runs.changes({ since: null })) {
      for (const news of newsBetween(seen, changed)) if (news.kind === 'silent') onSilence(news);
      for (const run of changed) seen.set(run.id, run);
      for (const id of removed) seen.delete(id);
    }
  } catch (error) {
    process.stderr.write(`The list of runs is not followed: ${reportError(error).message}\n`);
  }
}
