import { percentText } from './percentages.ts';

/** What a person who looks elsewhere wants to hear of a run. */
export interface News {
  kind: 'done' | 'failed' | 'silent';
  run: string;
  title: string;
  body: string;
}

/** A line of the list of runs, as far as it matters here. */
export interface SeenRun {
  id: string;
  name: string;
  status: string;
  unresponsiveSince: string | null;
  /** In %. */
  top1Error: number | null;
}

/** What has become of the runs that were trained: done, failed, or that one gives no sign of life. */
export function newsBetween(before: ReadonlyMap<string, SeenRun>, now: readonly SeenRun[]): News[] {
  return now.flatMap((run) => {
    const known = before.get(run.id);
    return known?.status === 'running' ? newsOf(known, run) : [];
  });
}

function newsOf(known: SeenRun, { id, name, status, unresponsiveSince, top1Error }: SeenRun): News[] {
  const what = `Run ${name === '' ? id : name}`;
  const news = (kind: News['kind'], title: string, body: string) => [
    { kind, run: id, title: `${what} ${title}`, body },
  ];
  if (status === 'finished')
    return news(
      'done',
      'is done',
      top1Error === null ? 'It is in the window.' : `Top-1 error ${percentText(top1Error)}`,
    );
  if (status === 'failed') return news('failed', 'has failed', 'Its page says why.');
  if (status === 'running' && known.unresponsiveSince === null && unresponsiveSince !== null)
    return news('silent', 'does not respond', 'It may come back. Its page can stop it.');
  return [];
}
