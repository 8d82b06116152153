import type { NodeEvent } from '../../src-main/launch/events.ts';
import type { Job } from '../../src-main/launch/Launcher.ts';
import type { GivenRun } from '../../src-main/launch/SubmissionFile.ts';

/** A run whose newest job is 7. */
export function aGivenRun(changes: Partial<GivenRun> = {}): GivenRun {
  return {
    run: '20260101-000000-a-64-aaaa',
    key: 'A@64#1',
    after: null,
    job: '7',
    submittedAt: '2026-01-01T00:00:00.000Z',
    lost: 0,
    gains: 0,
    ...changes,
  };
}

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: '7',
    run: aGivenRun().run,
    state: 'running',
    word: 'RUNNING',
    reason: null,
    node: 'n1',
    startsAt: null,
    endsAt: null,
    ...changes,
  };
}

/** An event of the attempt `t` of job 7. */
export function anEvent<Type extends 'attempt' | 'checkpoint' | 'finished'>(
  type: Type,
): Extract<NodeEvent, { type: Type }>;
export function anEvent(type: 'attempt' | 'checkpoint' | 'finished'): NodeEvent {
  const shared = { at: '2026-01-01T00:00:00.000Z', token: 't' };
  switch (type) {
    case 'attempt':
      return { ...shared, type, job: '7', node: 'n1', owner: { pid: 1, host: 'n1', started: null } };
    case 'checkpoint':
      return { ...shared, type, kind: 'last', step: 6 };
    case 'finished':
      return { ...shared, type, sha256: 'abc', metricsBytes: 0, evaluations: 0 };
  }
}
