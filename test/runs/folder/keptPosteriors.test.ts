import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KeptPosteriors, writeKeptPosteriors } from '../../../src-main/runs/folder/keptPosteriors.ts';
import { codeOf } from '../fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const set = {
  fingerprint: 'f1',
  dataset: 'Fotos "ä"',
  classes: ['cat', 'dog'],
  images: ['cat/1.png', 'dog/ü.png', 'dog/3.png'],
  labels: [0, 1, 1],
};
const posteriors = Float32Array.of(0.9, 0.1, 0.3, 0.7, 0.25, 0.75);

it('keeps every bit, and reads the rows that are asked for', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'posteriors', 'key.safetensors');
  writeKeptPosteriors(path, posteriors, set);
  const kept = new KeptPosteriors(path);
  expect(kept.set).toEqual(set);
  expect(kept.outputs).toBe(2);
  expect(kept.rows(0, 3)).toEqual(posteriors);
  expect(kept.rows(1, 2)).toEqual(posteriors.slice(2, 4));
  expect(kept.rows(2, 99)).toEqual(posteriors.slice(4));
  kept.close();
  expect(readdirSync(join(folder, 'posteriors'))).toEqual(['key.safetensors']);
});

it('refuses a file that is cut short, is something else, or is not there', () => {
  const path = join(temporaryFolder(), 'key.safetensors');
  expect(codeOf(() => new KeptPosteriors(path))).toBe('posteriors-unreadable');
  writeKeptPosteriors(path, posteriors, set);
  truncateSync(path, statSync(path).size - 1);
  expect(codeOf(() => new KeptPosteriors(path))).toBe('posteriors-unreadable');
  writeKeptPosteriors(path, posteriors, { ...set, labels: [0] });
  expect(codeOf(() => new KeptPosteriors(path))).toBe('posteriors-unreadable');
});
