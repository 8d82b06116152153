import { expect, it } from 'vitest';
import { safeFileName } from '../../src-main/foundation/safeFileName.ts';

it.each([
  ['vgg16.pth', 'vgg16.pth'],
  ['../../etc/passwd', 'passwd'],
  ['/etc/cron.d/x.zip', 'x.zip'],
  ['C:\\Users\\me\\net.h5', 'net.h5'],
  ['..', 'file'],
  ['.ssh', 'ssh'],
  ['', 'file'],
  ['a/', 'file'],
  ['a\0b\n.jpg', 'a_b_.jpg'],
  ['nul.zip', '_nul.zip'],
  ['COM1', '_COM1'],
  ['console.zip', 'console.zip'],
  ['what?*.jpg', 'what__.jpg'],
  ['cafe\u0301 \u{1F408}.png', 'café \u{1F408}.png'],
  // Looks like "exe.jpg" with the letters turned round.
  ['x\u202Egpj.exe', 'x_gpj.exe'],
  ['name.zip. . ', 'name.zip'],
])('%j is called %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe);
});

it('shortens by letters, not by bytes, and keeps the ending', () => {
  const name = safeFileName(`${'\u{1F408}'.repeat(200)}.safetensors`);
  expect(name).toMatch(/^\u{1F408}+\.safetensors$/u);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
});
