import { describe, expect, it } from 'vitest';
import { newsBetween, type SeenRun } from '../../src-main/vocabulary/news.ts';

const running: SeenRun = {
  id: '20260101-000000-d-64-abcd',
  name: 'mine',
  status: 'running',
  unresponsiveSince: null,
  top1Error: null,
};

/** What is announced of a run that changes so. */
function newsOf(before: Partial<SeenRun>, now: Partial<SeenRun>) {
  const one = { ...running, ...before };
  return newsBetween(new Map([[one.id, one]]), [{ ...one, ...now }]).map(({ title, body }) => [title, body]);
}

describe('what is announced of a run', () => {
  it('is that it is done, with its error', () => {
    expect(newsOf({}, { status: 'finished', top1Error: 12.5 })).toEqual([
      ['Run mine is done', 'Top-1 error 12.50 %'],
    ]);
  });

  it('is that it has failed, or gives no sign of life, once', () => {
    expect(newsOf({}, { status: 'failed' })).toEqual([['Run mine has failed', 'Its page says why.']]);
    const since = '2026-01-01T00:00:00.000Z';
    expect(newsOf({}, { unresponsiveSince: since })).toEqual([
      ['Run mine does not respond', 'It may come back. Its page can stop it.'],
    ]);
    expect(newsOf({ unresponsiveSince: since }, { unresponsiveSince: since })).toEqual([]);
  });

  it('is nothing of what a person has done, or of a run that was not trained', () => {
    expect(newsOf({}, { status: 'paused' })).toEqual([]);
    expect(newsOf({}, { top1Error: 30 })).toEqual([]);
    expect(newsOf({ status: 'finished' }, { status: 'finished' })).toEqual([]);
    expect(newsBetween(new Map(), [running])).toEqual([]);
  });
});
