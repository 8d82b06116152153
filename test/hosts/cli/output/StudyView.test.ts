import { expect, it } from 'vitest';
import type { Progress } from '../../../../src-main/hosts/cli/output/Progress.ts';
import { StudyView } from '../../../../src-main/hosts/cli/output/StudyView.ts';
import type { StudyRunProgress } from '../../../../src-main/studies/StudyProgress.ts';
import type { JobStatus } from '../../../../src-main/vocabulary/jobStatus.ts';

const untold = {
  done: 0,
  epoch: 0,
  epochs: 4,
  loss: null,
  imagesPerSecond: null,
  top1Error: null,
  error: null,
};
const nowhere = {
  cluster: 'test',
  job: '7',
  attempt: 0,
  node: null,
  reason: null,
  startsAt: null,
  endsAt: null,
};

function run(key: string, jobStatus: Partial<JobStatus> | null, others: Partial<StudyRunProgress> = {}) {
  const at = jobStatus && { state: 'waiting' as const, ...nowhere, ...jobStatus };
  return { key, runId: key, status: 'queued' as const, ...untold, jobStatus: at, ...others };
}

/** Shows one look after the other. @returns the lines shown last, their summary, and the lines that stay */
function shown(...looks: StudyRunProgress[][]) {
  const told = { lines: [] as readonly string[], summary: '', notes: [] as string[] };
  const progress = {
    show: (lines: readonly string[], summary: string) => Object.assign(told, { lines, summary }),
    note: (text: string) => told.notes.push(text),
  };
  const view = new StudyView(progress as unknown as Progress);
  for (const runs of looks) view.show({ id: 's', runs, activity: null, seconds: 5, etaSeconds: null });
  return told;
}

const running = { status: 'running', done: 0.5, epoch: 2, loss: 1.25, imagesPerSecond: 400 } as const;

it('puts what a run waits for in the place of its figures, so that neither is cut off', () => {
  const { lines, summary } = shown([
    run('A@256#1', { state: 'running', attempt: 1, node: 'n1' }, running),
    run('B@256#1', { reason: 'Dependency' }),
  ]);
  expect(lines[0]).toBe('A@256#1  running  ██████░░░░░░  epoch 3/4  n1  loss 1.250    400 images/s');
  expect(lines[1]).toBe('B@256#1  queued   waits in test: Dependency (after the run it starts from)');
  expect(summary).toBe(
    '0 of 2 nets · A@256#1 50 % · 1 waits: Dependency (after the run it starts from) · 5 s so far',
  );
});

it('leaves a line of each time that a run was given back, lost, and went on', () => {
  const first = run('A', { state: 'running', attempt: 1, node: 'n1' }, running);
  const back = run('A', { state: 'given back', attempt: 1 }, { done: 0.5 });
  const again = run('A', { state: 'running', attempt: 2, node: 'n2' }, running);
  const lost = run('A', { state: 'lost', attempt: 2 }, { done: 0.5 });
  const { notes, lines } = shown([first], [back], [back], [again], [again], [lost]);
  expect(notes).toEqual([
    'A given back after attempt 1, goes on',
    'A goes on on n2, attempt 2',
    'A lost after attempt 2, starts again',
  ]);
  expect(lines[0]).toBe('A  queued  50 %, lost after attempt 2, starts again');
});

it('does not count the nets of a single run', () => {
  expect(shown([run('A', null, running)]).summary).toBe('A 50 % · 5 s so far');
});
