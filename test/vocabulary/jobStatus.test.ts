import { expect, it } from 'vitest';
import { isInVain, reasonText } from '../../src-main/vocabulary/slurmReasons.ts';
import { jobStatusText, type JobStatus } from '../../src-main/vocabulary/jobStatus.ts';

const now = new Date(2026, 10, 29, 12, 0, 0);
const at = (hours: number) => new Date(now.getTime() + hours * 3600_000).toISOString();
const unknown = { reason: null, startsAt: null, endsAt: null, job: '7', node: null };

function text(changes: Partial<JobStatus>): string {
  return jobStatusText(
    { cluster: 'test', state: 'waiting', attempt: 0, ...unknown, ...changes },
    now.getTime(),
  );
}

it('says why a run waits, and when it is expected to start', () => {
  expect(text({})).toBe('waits in test');
  expect(text({ reason: 'Priority', startsAt: at(2.5) })).toBe(
    'waits in test: Priority (others come first), start about 14:30',
  );
  expect(text({ startsAt: at(24) })).toBe('waits in test, start about 30 Nov, 12:00');
  expect(text({ state: 'given back', attempt: 2, reason: 'BeginTime' })).toBe(
    'given back after attempt 2, goes on: BeginTime (in a minute or two, as what starts again)',
  );
});

it('says where a run is, and that what ends is its time rather than its training', () => {
  expect(text({ state: 'running', attempt: 1, node: 'gpu07', endsAt: at(1.5) })).toBe(
    'gpu07, time limit in 1 h 30 min',
  );
  expect(text({ state: 'running', attempt: 2, node: 'gpu07' })).toBe('gpu07, attempt 2');
});

it('tells what waits in vain from what waits', () => {
  expect(['PartitionConfig', 'PartitionTimeLimit', 'InvalidAccount'].map(isInVain)).toEqual([
    true,
    true,
    true,
  ]);
  expect([null, 'Priority', 'QOSMaxJobsPerUserLimit', 'NewWord'].map(isInVain)).toEqual(Array(4).fill(false));
  expect(reasonText('PartitionConfig')).toContain('will not start');
  expect(reasonText('QOSMaxJobsPerUserLimit')).toContain('a limit of the account');
  expect(reasonText('NewWord')).toBe('NewWord');
});
