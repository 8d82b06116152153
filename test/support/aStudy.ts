import type { Study } from '../../src-main/runs/study.ts';

/** A study as the log holds it: waiting to be trained, with a definition that nobody reads. */
export function aStudy(changes: Partial<Study> = {}): Study {
  return {
    id: '20260101-000000-study-quick-abcd',
    name: '',
    notes: '',
    preset: 'quick',
    dataset: 'photographs',
    status: 'queued',
    createdAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    owner: null,
    definition: { rows: ['3:D@256'] },
    ...changes,
  };
}
