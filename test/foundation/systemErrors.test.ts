import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reportError } from '../../src-main/foundation/errors.ts';
import { fileError, writeFileAtomically } from '../../src-main/foundation/files.ts';
import { systemProblem } from '../../src-main/foundation/systemErrors.ts';

/** As Node gives it. */
const systemError = (code: string, path?: string) =>
  Object.assign(new Error(`${code}: as the system says, write`), { code, syscall: 'write', errno: -1, path });

it.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EIO', 'disk-failing'],
  ['EMFILE', 'too-many-files'],
  ['ENFILE', 'too-many-files'],
  ['ENAMETOOLONG', 'name-too-long'],
  ['EISDIR', 'path-unusable'],
  ['EROFS', 'path-unusable'],
])('%s is no defect, wherever it comes from: %s', (code, expected) => {
  for (const path of [undefined, '/data/file']) {
    const report = reportError(systemError(code, path));
    expect(report).toMatchObject({ code: expected, kind: 'failure' });
    if (path !== undefined && code !== 'ENAMETOOLONG') expect(report.message).toContain(path);
    expect(report.nextStep).not.toContain('defect');
  }
});

it('names the file that was to be written', () => {
  expect(fileError(systemError('EIO'), '/data/metrics.csv')).toMatchObject({
    code: 'disk-failing',
    message: expect.stringContaining('/data/metrics.csv') as string,
  });
});

it('leaves other errors as they are', () => {
  expect(systemProblem(new TypeError('x is no function'))).toBeUndefined();
  expect(systemProblem({ code: 'EIO', syscall: 'write' })).toBeUndefined();
  expect(reportError(systemError('EPIPE')).code).toBe('internal');
});

it('is what the system really gives: a folder where a file is read, a name that is too long', () => {
  const folder = mkdtempSync(join(tmpdir(), 'system-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const caught = (work: () => void) => {
    try {
      work();
    } catch (error) {
      return reportError(error).code;
    }
    return 'no error';
  };
  const long = join(folder, 'n'.repeat(300));
  expect(caught(() => readFileSync(folder))).toBe('path-unusable');
  expect(caught(() => readFileSync(long))).toBe('name-too-long');
  const write = () => {
    writeFileAtomically(long, 'x');
  };
  expect(caught(write)).toBe('name-too-long');
  writeFileSync(join(folder, 'file'), 'x');
  expect(caught(() => readFileSync(join(folder, 'file', 'in')))).toBe('path-unusable');
});
