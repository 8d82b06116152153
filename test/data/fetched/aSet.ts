import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FetchableSet } from '../../../src-main/data/fetched/catalogue.ts';

/** A set of the layout of Imagenette whose archive is the given bytes. */
export function aSet(content: Uint8Array, facts: Partial<FetchableSet> = {}): FetchableSet {
  return {
    name: 'a-set',
    title: 'made for a test',
    images: { train: 1, val: 1 },
    classes: 1,
    addresses: [],
    file: 'a-set.tgz',
    bytes: content.length,
    checksum: { algorithm: 'sha256', value: createHash('sha256').update(content).digest('hex') },
    unpackedBytes: 1_000_000,
    layout: 'imagenette',
    licence: 'none',
    homepage: 'http://127.0.0.1/',
    ...facts,
  };
}

/** A gzipped tar archive, in ustar's format; a member may have a type of its own. */
export function tarOf(
  members: readonly { name: string; content: Uint8Array | string; type?: string }[],
): Buffer {
  const blocks = members.flatMap(({ name, content, type = '0' }) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(' '.repeat(8), 148);
    header.write(type, 156);
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
