import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { makeCachedFolder } from '../../src-main/data/cachedFolder.ts';
import { temporaryFolder } from './imageFiles.ts';

function place() {
  const parent = temporaryFolder();
  const target = join(parent, 'made');
  const fill = vi.fn((folder: string) => {
    writeFileSync(join(folder, 'file'), 'whole');
    return Promise.resolve();
  });
  return { parent, target, fill, isComplete: () => existsSync(join(target, 'file')) };
}

it('is made once, by one of several', async () => {
  const { parent, target, fill, isComplete } = place();
  await Promise.all([1, 2, 3].map(() => makeCachedFolder(target, { isComplete, fill })));
  expect(fill).toHaveBeenCalledTimes(1);
  expect(readdirSync(parent)).toEqual(['made']);
});

it('is made anew where something is missing, and rid of what a killed process left', async () => {
  const { parent, target, fill, isComplete } = place();
  mkdirSync(join(target, 'part'), { recursive: true });
  mkdirSync(join(parent, 'made.123.tmp', 'part'), { recursive: true });
  await makeCachedFolder(target, { isComplete, fill });
  expect(readdirSync(target)).toEqual(['file']);
  expect(readdirSync(parent)).toEqual(['made']);
});

it('is not there at all when making it fails', async () => {
  const { parent, target, isComplete } = place();
  const fill = (folder: string) => {
    writeFileSync(join(folder, 'half'), '');
    return Promise.reject(new Error('stopped'));
  };
  await expect(makeCachedFolder(target, { isComplete, fill })).rejects.toThrow('stopped');
  expect(readdirSync(parent)).toEqual([]);
});
