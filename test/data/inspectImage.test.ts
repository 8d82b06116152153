import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectImage } from '../../src-main/data/inspectImage.ts';
import { animation, jpegFile, photo, pngFile, temporaryFolder, writeFiles } from './imageFiles.ts';

const jpeg = await jpegFile(64, 48);
const png = await pngFile(64, 48);
const gif = await photo(64, 48).gif().toBuffer();
const webp = await photo(64, 48).webp().toBuffer();

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);

/** Turns the check sum of a PNG's chunk into a wrong one. */
function breakCheckSum(bytes: Buffer, chunk: string): Buffer {
  const broken = Buffer.from(bytes);
  const name = broken.indexOf(chunk, 0, 'latin1');
  const end = name + 4 + broken.readUInt32BE(name - 4);
  broken.writeUInt8(broken.readUInt8(end) ^ 0xff, end);
  return broken;
}

async function codesOf(bytes: Uint8Array | string): Promise<string[]> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'image.jpg': bytes });
  const { findings } = await inspectImage({ kind: 'file', path: join(folder, 'image.jpg'), bytes: 0 }, false);
  return findings.map(({ code, severity }) => `${severity} ${code}`);
}

const unusable: [string, Uint8Array | string, string][] = [
  ['no byte', '', 'empty-file'],
  ['text', 'This is no image. '.repeat(50), 'unknown-format'],
  ['half a JPEG', half(jpeg), 'truncated'],
  ['a JPEG without its last bytes', jpeg.subarray(0, -30), 'truncated'],
  ['the head of a JPEG', jpeg.subarray(0, 30), 'truncated'],
  ['half a PNG', half(png), 'truncated'],
  ['half a GIF', half(gif), 'truncated'],
  ['half a WebP', half(webp), 'truncated'],
  ['a PNG with a wrong check sum of its header', breakCheckSum(png, 'IHDR'), 'broken'],
  ['a PNG with a wrong check sum of its data', breakCheckSum(png, 'IDAT'), 'broken'],
  ['one row of 20,000 by 10 pixels', await pngFile(20_000, 10), 'too-long'],
];

const usable: [string, Uint8Array, string[]][] = [
  ['a photograph', jpeg, []],
  ['a CMYK JPEG', await photo(64, 48).toColourspace('cmyk').jpeg().toBuffer(), ['note cmyk']],
  ['a grey PNG', await photo(64, 48).toColourspace('b-w').png().toBuffer(), ['note grey']],
  ['a grey JPEG', await photo(64, 48).toColourspace('b-w').jpeg().toBuffer(), ['note grey']],
  ['a 16-bit PNG', await photo(64, 48).toColourspace('rgb16').png().toBuffer(), ['note 16-bit']],
  [
    'a grey 16-bit PNG',
    await photo(64, 48).toColourspace('grey16').png().toBuffer(),
    ['note grey', 'note 16-bit'],
  ],
  ['an animated GIF', await animation('gif', 64, 48), ['note animated']],
  ['an animated WebP', await animation('webp', 64, 48), ['note animated']],
  ['a still GIF', gif, []],
  ['a transparent PNG', await photo(64, 48).ensureAlpha(0.5).png().toBuffer(), ['note transparent']],
  ['a turned JPEG', await photo(64, 48).withMetadata({ orientation: 6 }).jpeg().toBuffer(), ['note rotated']],
  ['one pixel', await pngFile(1, 1), ['note tiny']],
  [
    'a large JPEG',
    await sharp({ create: { width: 6000, height: 5000, channels: 3, background: '#567' } })
      .jpeg()
      .toBuffer(),
    ['note large'],
  ],
];

describe('inspectImage', () => {
  it.each(unusable)('calls %s an error', async (_, bytes, code) => {
    expect(await codesOf(bytes)).toEqual([`error ${code}`]);
  });

  it.each(usable)('uses %s', async (_, bytes, codes) => {
    expect(await codesOf(bytes)).toEqual(codes);
  });

  it('calls what cannot be read an error', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder.jpg'));
    symlinkSync(join(folder, 'nowhere.jpg'), join(folder, 'dangling.jpg'));
    symlinkSync(join(folder, 'circle.jpg'), join(folder, 'circle.jpg'));
    for (const name of ['folder.jpg', 'dangling.jpg', 'circle.jpg', 'gone.jpg']) {
      const { findings } = await inspectImage({ kind: 'file', path: join(folder, name), bytes: 0 }, true);
      expect(findings, name).toMatchObject([{ code: 'unreadable', severity: 'error' }]);
    }
  });

  it('sums up the pixels of what can be used', async () => {
    const source = { kind: 'pixels', data: Uint8Array.of(10, 20), width: 2, height: 1, channels: 1 } as const;
    const { moments } = await inspectImage(source, true);
    expect(moments).toEqual({
      images: 1,
      pixels: 2,
      sums: [30, 30, 30],
      products: [500, 500, 500, 500, 500, 500],
    });
  });
});
