import process from 'node:process';
import { beforeEach, expect, it, vi } from 'vitest';
import { Progress } from '../../../../src-main/hosts/cli/output/Progress.ts';

let written: string[] = [];
let now = 0;
beforeEach(() => {
  written = [];
  now = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  // As in a log file.
  const { isTTY } = process.stderr;
  process.stderr.isTTY = false;
  return () => {
    vi.restoreAllMocks();
    process.stderr.isTTY = isTTY;
  };
});

it('a log that shows a count begin shows its end, however soon that comes', () => {
  const progress = new Progress();
  progress.count('checking images', 32, 1400);
  progress.count('checking images', 1200, 1400);
  progress.count('checking images', 1400, 1400);
  expect(written).toEqual(['checking images: 32 of 1400\n', 'checking images: 1400 of 1400\n']);
});

it('a count that a log has not shown leaves nothing in it', () => {
  const progress = new Progress();
  progress.show(['measuring …']);
  progress.count('evaluating', 1, 2);
  progress.count('evaluating', 2, 2);
  expect(written).toEqual(['measuring …\n']);
});

it('a log shows the end of a count once, and each of several', () => {
  const progress = new Progress();
  progress.count('one', 1, 1);
  now += 20_000;
  progress.count('two', 0, 3);
  now += 20_000;
  progress.count('two', 3, 3);
  progress.count('two', 3, 3);
  expect(written).toEqual(['one: 1 of 1\n', 'two: 0 of 3\n', 'two: 3 of 3\n']);
});
