import type { RunSummary } from '../../src-main/workbench/contract.ts';
import { percentText } from '../../src-main/vocabulary/percentages.ts';

/** What a person who looks elsewhere wants to hear of. */
export interface News {
  run: string;
  title: string;
  body: string;
}

type Seen = Pick<RunSummary, 'id' | 'name' | 'status' | 'unresponsiveSince' | 'top1Error'>;

/** What has become of the runs that were trained: done, failed, or that one gives no sign of life. */
export function newsBetween(before: ReadonlyMap<string, Seen>, now: readonly Seen[]): News[] {
  return now.flatMap((run) => {
    const known = before.get(run.id);
    return known?.status === 'running' ? newsOf(known, run) : [];
  });
}

function newsOf(known: Seen, { id, name, status, unresponsiveSince, top1Error }: Seen): News[] {
  const what = `Run ${name === '' ? id : name}`;
  const news = (title: string, body: string) => [{ run: id, title: `${what} ${title}`, body }];
  if (status === 'finished')
    return news(
      'is done',
      top1Error === null ? 'It is in the window.' : `Top-1 error ${percentText(top1Error)}`,
    );
  if (status === 'failed') return news('has failed', 'Its page says why.');
  if (status === 'running' && known.unresponsiveSince === null && unresponsiveSince !== null)
    return news('does not respond', 'It may come back. Its page can stop it.');
  return [];
}

/** How far the training under way is, to stand before the title of a tab; empty if nothing is. */
export function tabPrefix(runs: readonly Pick<RunSummary, 'status' | 'step' | 'totalSteps'>[]): string {
  const run = runs.find(({ status, totalSteps }) => status === 'running' && totalSteps !== null);
  if (!run?.totalSteps) return '';
  return `${Math.floor((100 * run.step) / run.totalSteps)} % · `;
}
