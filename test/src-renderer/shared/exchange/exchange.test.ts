import { expect, it } from 'vitest';
import { importedText } from '../../../../src-renderer/shared/exchange/importedText.ts';
import {
  exportTarget,
  kindsFor,
  exportRequest,
  type Choice,
} from '../../../../src-renderer/shared/exchange/exportRequest.ts';

it.each([
  ['/home/a/', '/home/a/id'],
  [' /home/a ', '/home/a/id'],
  ['C:\\runs', 'C:\\runs\\id'],
  ['C:\\runs\\', 'C:\\runs\\id'],
])('exports to a folder in %j', (folder, target) => {
  expect(exportTarget(folder, 'id')).toBe(target);
});

it('offers weights of one run alone, and a study as an archive', () => {
  const kinds = (...subject: Parameters<typeof kindsFor>) => kindsFor(...subject).map(({ value }) => value);
  expect(kinds({ runs: ['a'] })).toEqual(['archive', 'folders', 'tensorboard', 'weights']);
  expect(kinds({ runs: ['a', 'b'] })).toEqual(['archive', 'folders', 'tensorboard']);
  expect(kinds({ runs: [], study: 's' })).toEqual(['archive']);
});

it('names what it writes', () => {
  const now = new Date('2026-01-02T03:04:05Z');
  const choice: Choice = {
    kind: 'archive',
    downloads: false,
    folder: '/out/',
    format: 'onnx',
    checkpoint: 'best',
  };
  const target = (subject: { runs: string[]; study?: string }, changes: Partial<Choice> = {}) =>
    exportRequest(subject, { ...choice, ...changes }, now).target;
  expect(target({ runs: ['a'] })).toBe('/out/a.zip');
  expect(target({ runs: ['a', 'b'] })).toBe('/out/20260102-030405-2-runs.zip');
  expect(target({ runs: [], study: 's' })).toBe('/out/s.zip');
  expect(target({ runs: ['a', 'b'] }, { kind: 'folders' })).toBe('/out/');
  expect(target({ runs: ['a'] }, { kind: 'weights' })).toBe('/out/a-best.onnx');
  expect(target({ runs: ['a'] }, { kind: 'weights', format: 'tfjs' })).toBe('/out/a-best-tfjs');
  expect(target({ runs: ['a'] }, { downloads: true })).toBeNull();
});

it('says what was imported', () => {
  expect(importedText({ runs: ['a'], studies: [], known: [] })).toBe('Run a is imported.');
  expect(importedText({ runs: ['a', 'b'], studies: [], known: [] })).toBe('2 runs imported.');
  expect(importedText({ runs: ['a'], studies: [], known: ['a'] })).toBe(
    'Run a is here already: it stays as it is.',
  );
  expect(importedText({ runs: ['a', 'b'], studies: [], known: ['b'] })).toBe(
    '2 runs imported. 1 of these runs was here already and stays as it is.',
  );
  expect(importedText({ runs: ['a', 'b'], studies: ['s'], known: [] })).toBe('1 study with 2 runs imported.');
});
