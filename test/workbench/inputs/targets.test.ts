import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { posteriorsTarget, targetOf } from '../../../src-main/workbench/inputs/targets.ts';
import { codeOf } from '../../runs/fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgg-targets-'));
const typed = plainHost('command line');
const window = plainHost('browser');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('what is written', () => {
  it('for a window is called as files of its kind are', () => {
    for (const name of ['.bash_login', '.ssh/authorized_keys', 'x.desktop', 'x.zip/../.profile', 'zip']) {
      expect(
        codeOf(() => targetOf(window, join(folder, name), '.zip')),
        name,
      ).toBe('target-refused');
    }
    expect(targetOf(window, join(folder, 'runs.zip'), '.zip')).toBe(join(folder, 'runs.zip'));
    expect(targetOf(window, folder, null)).toBe(folder);
    expect(targetOf(typed, join(folder, 'runs'), '.zip')).toBe(join(folder, 'runs'));
  });

  it('replaces posteriors only for who typed it, and says so', () => {
    const path = join(folder, 'posteriors.csv');
    expect(posteriorsTarget(window, path, false)).toBe(path);
    writeFileSync(path, 'mine');
    for (const host of [typed, window]) {
      expect(codeOf(() => posteriorsTarget(host, path, false))).toBe('target-exists');
    }
    expect(codeOf(() => posteriorsTarget(window, path, true))).toBe('target-exists');
    expect(posteriorsTarget(typed, path, true)).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    // What an evaluation has written, so that a command can be given again.
    writeFileSync(path, 'image,class,p0,p1\na/1.png,a,0.25,0.75\n');
    expect(posteriorsTarget(typed, path, false)).toBe(path);
    expect(codeOf(() => posteriorsTarget(window, path, false))).toBe('target-exists');
    expect(codeOf(() => posteriorsTarget(typed, folder, true))).toBe('write-failed');
  });
});
