import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { codingFor, CompressedFiles } from '../../../src-main/hosts/browser/compressed.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgg-compressed-'));
const path = join(folder, 'page.js');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a file comes back as it is, also when it has changed', () => {
  const files = new CompressedFiles();
  writeFileSync(path, 'one');
  expect(brotliDecompressSync(files.read(path, 'br')).toString()).toBe('one');
  expect(gunzipSync(files.read(path, 'gzip')).toString()).toBe('one');
  writeFileSync(path, 'other');
  utimesSync(path, 1, 1);
  expect(brotliDecompressSync(files.read(path, 'br')).toString()).toBe('other');
});

test.each([
  ['gzip, deflate, br, zstd', 'text/javascript; charset=utf-8', 'br'],
  ['gzip;q=1.0, br;q=0', 'text/css; charset=utf-8', 'gzip'],
  ['gzip, br', 'image/svg+xml', 'br'],
  ['gzip, br', 'font/woff2', null],
  ['identity', 'text/html; charset=utf-8', null],
  [undefined, 'text/html; charset=utf-8', null],
])('a browser that takes %s gets %s as %s', (accepted, type, coding) => {
  expect(codingFor(accepted, type)).toBe(coding);
});
