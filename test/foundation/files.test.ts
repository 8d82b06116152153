import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requireFolder, requireWritable, writeFileAtomically } from '../../src-main/foundation/files.ts';
import { codeOf } from '../runs/fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

it('makes sure that results can be written, without writing them', () => {
  const folder = temporaryFolder();
  requireWritable(join(folder, 'deep', 'out.csv'));
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
  requireFolder(join(folder, 'deep'));
});

it.each([
  [
    'a file where a folder is needed',
    (folder: string) => {
      requireFolder(join(folder, 'file'));
    },
  ],
  [
    'a file above the folder',
    (folder: string) => {
      requireFolder(join(folder, 'file', 'tables'));
    },
  ],
  [
    'a file above the file',
    (folder: string) => {
      requireWritable(join(folder, 'file', 'out.csv'));
    },
  ],
  [
    'a folder where the file would be',
    (folder: string) => {
      requireWritable(join(folder, 'folder'));
    },
  ],
  [
    'a folder in place of the file',
    (folder: string) => {
      writeFileAtomically(join(folder, 'folder'), 'text');
    },
  ],
  [
    'a file in place of its folder',
    (folder: string) => {
      writeFileAtomically(join(folder, 'file', 'out.csv'), 'text');
    },
  ],
])('refuses %s', (_, action: (folder: string) => void) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder'));
  expect(
    codeOf(() => {
      action(folder);
    }),
  ).toBe('write-failed');
  expect(readdirSync(folder)).toHaveLength(2);
  expect(existsSync(join(folder, 'file'))).toBe(true);
});

it.runIf(process.platform === 'linux').each(['/proc/none', '/proc/none/deep/deeper'])(
  'refuses %s, where no folder can be made, and does not try for ever',
  (path) => {
    expect(
      codeOf(() => {
        requireFolder(path);
      }),
    ).toBe('write-failed');
    expect(
      codeOf(() => {
        writeFileAtomically(`${path}/out.csv`, 'text');
      }),
    ).toBe('write-failed');
  },
);
