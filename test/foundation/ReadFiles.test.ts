import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ReadFiles } from '../../src-main/foundation/ReadFiles.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const long = new Date('2026-01-01T00:00:00Z');

function readings() {
  const path = join(temporaryFolder(), 'file.json');
  let times = 0;
  const files = new ReadFiles((file) => {
    times++;
    return JSON.parse(readFileSync(file, 'utf8')) as { list: number[] };
  });
  const write = (text: string, at?: Date) => {
    writeFileSync(path, text);
    if (at) utimesSync(path, at, at);
  };
  return { path, files, write, times: () => times };
}

test('a file that stays as it is is read once', () => {
  const { path, files, write, times } = readings();
  write('{ "list": [1] }', long);
  expect(files.of(path)).toBe(files.of(path));
  expect(files.of(path)).toEqual({ list: [1] });
  expect(times()).toBe(1);
});

test('a file that was written again is read again, also at the same length', () => {
  const { path, files, write } = readings();
  write('{ "list": [1] }', long);
  expect(files.of(path).list).toEqual([1]);
  write('{ "list": [2] }', new Date(long.getTime() + 1000));
  expect(files.of(path).list).toEqual([2]);
  // At the same moment, of another length.
  write('{ "list": [30] }', new Date(long.getTime() + 1000));
  expect(files.of(path).list).toEqual([30]);
});

test('what was written a moment ago may change unseen, and is not kept', () => {
  const { path, files, write } = readings();
  const now = new Date();
  write('{ "list": [1] }', now);
  expect(files.of(path).list).toEqual([1]);
  write('{ "list": [2] }', now);
  expect(files.of(path).list).toEqual([2]);
});

test('nobody can change what all get', () => {
  const { path, files, write } = readings();
  write('{ "list": [1] }', long);
  expect(() => files.of(path).list.push(2)).toThrow(TypeError);
  expect(files.of(path)).toEqual({ list: [1] });
});

test('reading says what is wrong with a file that is not there', () => {
  const { files } = readings();
  expect(() => files.of('/nowhere/at/all.json')).toThrow('ENOENT');
});
