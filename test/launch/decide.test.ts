import { describe, expect, it } from 'vitest';
import { decide, type KnownOfRun } from '../../src-main/launch/decide.ts';
import { reportOf, type NodeNews, type NodeReport } from '../../src-main/launch/events.ts';
import type { Job } from '../../src-main/launch/Launcher.ts';
import { aGivenRun, anEvent, aJob } from './examples.ts';

const limits = { patience: 600, settle: 10 };

/** After these words of one attempt of job 7. */
function after(...news: NodeNews[]): NodeReport {
  return reportOf([anEvent('attempt'), ...news.map((one) => ({ ...anEvent('attempt'), ...one }))]);
}

const nothing = reportOf([]);
const error = { code: 'training-diverged', message: 'NaN', nextStep: 'None.', kind: 'failure' } as const;
const finished = after({ type: 'finished', sha256: 'abc', metricsBytes: 0, evaluations: 0 });
const failed = after({ type: 'failed', error });
const again = (requeued: boolean) => after({ type: 'interrupted', again: true, requeued, reason: 'USR2' });
const sourceUnfinished = after({ type: 'source-unfinished', source: 'a' });

function decided(changes: Partial<KnownOfRun>) {
  const known: KnownOfRun = {
    given: aGivenRun(),
    report: nothing,
    job: aJob(),
    source: 'none',
    silent: 0,
    stopped: false,
    ...changes,
  };
  return decide(known, limits);
}

const over = (word: string): Job => aJob({ state: 'over', word });
const waits = (reason: string): Job => aJob({ state: 'waiting', word: 'PENDING', reason });
const submitted = { do: 'submit', lost: false, cancel: null };
const lost = { do: 'submit', lost: true, cancel: null };
const wait = { do: 'wait' };

describe('what the login side does about a run', () => {
  it.each<[string, Partial<KnownOfRun>, unknown]>([
    [
      'finished, whatever the scheduler says',
      { report: finished, job: over('FAILED') },
      { do: 'end', status: 'finished', error: null },
    ],
    [
      'finished, and forgotten',
      { report: finished, job: 'unknown' },
      { do: 'end', status: 'finished', error: null },
    ],
    ['failed', { report: failed, job: over('FAILED') }, { do: 'end', status: 'failed', error }],
    [
      'failed in an earlier job',
      { report: failed, given: aGivenRun({ job: '8' }), job: aJob({ id: '8' }) },
      wait,
    ],
    ['running', {}, wait],
    ['waiting', { job: waits('Priority') }, wait],
    ['given back by itself', { report: again(true), job: waits('BeginTime') }, wait],
    ['asked to be given back, and was not', { report: again(false), job: over('FAILED') }, submitted],
    ['never taken', { given: aGivenRun({ job: null }), job: 'unknown' }, submitted],
    ['forgotten for a moment', { job: 'unknown', silent: 599 }, wait],
    ['forgotten for long', { job: 'unknown', silent: 601 }, lost],
    ['over without a word, perhaps not seen yet', { job: over('NODE_FAIL'), silent: 9 }, wait],
    ['over without a word', { job: over('NODE_FAIL'), silent: 11 }, lost],
    ['cut off at the time limit', { job: over('TIMEOUT'), silent: 11 }, lost],
    [
      'cancelled by somebody',
      { job: over('CANCELLED'), silent: 11 },
      { do: 'end', status: 'interrupted', error: null },
    ],
    ['stopped and still running', { stopped: true }, wait],
    [
      'stopped and over',
      { stopped: true, job: over('CANCELLED') },
      { do: 'end', status: 'interrupted', error: null },
    ],
    [
      'could not be launched',
      { job: waits('launch failed requeued held') },
      { do: 'submit', lost: true, cancel: waits('launch failed requeued held') },
    ],
    [
      'began before its source, which has a job again',
      { report: sourceUnfinished, source: 'under way', job: over('FAILED') },
      submitted,
    ],
    [
      'began before its source, which has no job yet',
      { report: sourceUnfinished, source: 'to come', job: over('FAILED') },
      wait,
    ],
    [
      'waits for a job that did not end well',
      { source: 'under way', job: waits('DependencyNeverSatisfied') },
      { do: 'submit', lost: false, cancel: waits('DependencyNeverSatisfied') },
    ],
    [
      'waits for a run that has failed',
      { source: 'given up', job: waits('DependencyNeverSatisfied') },
      { do: 'block', cancel: waits('DependencyNeverSatisfied') },
    ],
  ])('%s', (_, known, expected) => {
    expect(decided(known)).toEqual(expected);
  });

  it('gives up after three losses without a gain, and counts anew after one', () => {
    const given = aGivenRun({ lost: 2, gains: 0 });
    const gone = { job: over('NODE_FAIL'), silent: 11 };
    expect(decided({ given, ...gone })).toMatchObject({
      do: 'end',
      status: 'failed',
      error: { code: 'job-lost' },
    });
    const report = after({ type: 'checkpoint', kind: 'last', step: 6 });
    expect(decided({ given, report, ...gone })).toEqual(lost);
  });

  it('does not try again what needed more memory than it asked for', () => {
    const end = decided({ job: over('OUT_OF_MEMORY'), silent: 11 });
    expect(end).toMatchObject({ do: 'end', status: 'failed', error: { code: 'out-of-memory' } });
  });
});

describe('the events of a run', () => {
  it('are those of the newest attempt: what an older one says later is of no account', () => {
    const [old, newer] = [{ token: 'old' }, { token: 'new' }];
    const report = reportOf([
      { ...anEvent('attempt'), ...old },
      { ...anEvent('checkpoint'), ...old },
      { ...anEvent('attempt'), ...newer },
      { ...anEvent('checkpoint'), ...old },
      { ...anEvent('finished'), ...old },
    ]);
    expect(report).toMatchObject({ attempts: 2, end: null, gains: 1, fruitless: 1 });
  });
});
