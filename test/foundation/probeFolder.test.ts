import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { probeFolder } from '../../src-main/foundation/probeFolder.ts';
import { codeOf } from '../runs/fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgg-probe-'));

const codeOfProbe = (path: string) =>
  codeOf(() => {
    probeFolder(path);
  });

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a folder that can be written is left as it was, whether it exists or not', () => {
  mkdirSync(join(folder, 'there'));
  writeFileSync(join(folder, 'there', 'file'), '');
  probeFolder(join(folder, 'there'));
  expect(readdirSync(join(folder, 'there'))).toEqual(['file']);
  probeFolder(join(folder, 'deep', 'er', 'still'));
  expect(readdirSync(folder)).toEqual(['there']);
});

test('a file in the way is an error', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(codeOfProbe(join(folder, 'file'))).toBe('write-failed');
  expect(codeOfProbe(join(folder, 'file', 'below'))).toBe('write-failed');
});

test.runIf(process.platform === 'linux')('so is a place where no folder can be made', () => {
  for (const path of ['/proc/x', '/proc/x/y', '/dev/null', '/dev/null/x']) {
    expect(codeOfProbe(path), path).toBe('write-failed');
  }
});
