import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ByteReader } from './ByteReader.ts';
import type { Entry } from './entry.ts';
import { longestHeader, readPax, readTarHeader, tarBlock, type TarHeader } from './tarHeader.ts';

/** The files of a gzipped tar archive, which is read through once. @throws Error if it is none */
export async function* tarEntries(path: string): AsyncGenerator<Entry> {
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  // An error of the file ends the unpacking with it.
  pipeline(source, unpacked, () => undefined);
  const reader = new ByteReader(unpacked);
  try {
    /** What a header of its own says of the file after it. */
    let said: Partial<TarHeader> = {};
    for (let block = await reader.take(tarBlock); !isEnd(block); block = await reader.take(tarBlock)) {
      const header = { ...readTarHeader(block), ...said };
      said = {};
      if (header.kind === 'file') {
        const content = reader.part(header.bytes);
        yield { name: header.name, bytes: header.bytes, content };
        await reader.skipPart();
      } else if (header.kind === 'pax' || header.kind === 'long-name') {
        if (header.bytes > longestHeader) throw new Error('it has a header of great length');
        const text = (await reader.take(header.bytes)).toString('utf8');
        said = header.kind === 'pax' ? readPax(text) : { name: text.replace(/\0.*$/s, '') };
      } else {
        await reader.skip(header.bytes);
      }
      await reader.skip((tarBlock - (header.bytes % tarBlock)) % tarBlock);
    }
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** Archives end with blocks of zeros. */
function isEnd(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}
