import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureFolder, streamFileAtomically, writeFileAtomically } from '../../src-main/foundation/files.ts';
import { makePrivate, keepPrivate } from '../../src-main/foundation/privateFolders.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgg-private-'));
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
let mask: number;

beforeAll(() => {
  mask = process.umask(0o022);
});

afterAll(() => {
  process.umask(mask);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('a private folder', () => {
  test('has files and folders of its owner alone, and others have the usual permissions', async () => {
    const home = join(folder, 'home');
    keepPrivate(home);
    writeFileAtomically(join(home, 'deep', 'file'), 'text');
    await streamFileAtomically(join(home, 'stream'), [Buffer.from('text')]);
    expect(['', 'deep', 'deep/file', 'stream'].map((path) => modeOf(join(home, path)))).toEqual([
      ...['700', '700', '600', '600'],
    ]);
    // A name that only begins alike is another folder.
    ensureFolder(join(folder, 'home2'));
    writeFileAtomically(join(folder, 'home2', 'file'), 'text');
    await streamFileAtomically(join(folder, 'home2', 'stream'), [Buffer.from('text')]);
    expect(['', 'file', 'stream'].map((path) => modeOf(join(folder, 'home2', path)))).toEqual([
      ...['755', '644', '644'],
    ]);
  });

  test('of an earlier version is closed with all that is in it', () => {
    const home = join(folder, 'old');
    mkdirSync(join(home, 'runs', 'one'), { recursive: true });
    writeFileSync(join(home, 'runs', 'one', 'config.yaml'), '');
    writeFileSync(join(folder, 'elsewhere'), '');
    symlinkSync(join(folder, 'elsewhere'), join(home, 'runs', 'link'));
    makePrivate(home, (name) => name === 'runs');
    expect(['', 'runs', 'runs/one', 'runs/one/config.yaml'].map((path) => modeOf(join(home, path)))).toEqual([
      ...['700', '700', '700', '600'],
    ]);
    expect(modeOf(join(folder, 'elsewhere'))).toBe('644');
  });

  test('that holds other work too stays open, but for what is its own', () => {
    const shared = join(folder, 'shared');
    mkdirSync(join(shared, 'runs'), { recursive: true });
    writeFileSync(join(shared, 'letter.txt'), '');
    makePrivate(shared, (name) => name === 'runs');
    expect(['', 'runs', 'letter.txt'].map((path) => modeOf(join(shared, path)))).toEqual([
      '755',
      '700',
      '644',
    ]);
    chmodSync(shared, 0o755);
  });

  test('that is not there is left so', () => {
    makePrivate(join(folder, 'nowhere'), () => true);
    expect(statSync(join(folder, 'nowhere'), { throwIfNoEntry: false })).toBeUndefined();
  });
});
