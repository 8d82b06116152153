import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { slurmFacts } from '../../../src-main/launch/node/JobFacts.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** What is said of a job's end where `squeue` does this. */
function isEnding(script: string): boolean {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'squeue'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
  try {
    return slurmFacts({ SLURM_JOB_ID: '7' }, 'node1').isEnding();
  } finally {
    vi.unstubAllEnvs();
  }
}

it.each([
  ['says so', '[ "$3" = --jobs=7 ] && echo COMPLETING', true],
  ['does not say so', 'echo RUNNING', false],
  ['does not know the job', 'exit 1', false],
  // scancel ends all processes of a job, the one that asks among them: it must not be given back then.
  ['is ended by a signal while it is asked', 'kill -TERM $$', true],
])('a job ends if the scheduler %s', (_, script, expected) => {
  expect(isEnding(script)).toBe(expected);
});
