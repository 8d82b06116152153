import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { WorkbenchError } from './errors.ts';

/*
 * The checksums that the workbench keeps in the safetensors files it writes: a disk, a cable or a copy may change a bit,
 * and the weights would still be weights. CRC-32 finds every change of up to 32 neighbouring bits for sure and any other
 * but for one in four billion, and takes 0.3 seconds for 1 GB. It is no protection against someone who wants to deceive.
 */

/** The key in a file's metadata. */
export const checksumKey = 'vgg-workbench.crc32';

const checksumSchema = z.string().regex(/^[0-9a-f]{8}$/);

/** CRC-32 in hexadecimal of the bytes of each tensor, and of the metadata without this entry. */
export const checksumsSchema = z.strictObject({
  metadata: checksumSchema,
  tensors: z.record(z.string(), checksumSchema),
});
export type Checksums = z.infer<typeof checksumsSchema>;

/** CRC-32 of a part of the bytes; goes on from that of the part before. */
export function checksumAfter(before: number, part: Uint8Array): number {
  return crc32(part, before);
}

export function checksumText(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

/** Does not depend on the order of the entries, which another program may change. */
export function metadataChecksum(metadata: Readonly<Record<string, string>>): string {
  const entries = Object.entries(metadata).sort(([one], [other]) => (one < other ? -1 : 1));
  return checksumText(checksumAfter(0, Buffer.from(JSON.stringify(entries), 'utf8')));
}

/** The error for a file whose checksums are not those of its bytes. */
export function corrupt(path: string, fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'weights-corrupt',
    `${path} has changed since it was written: ${fact}.`,
    'A disk, a cable or a copy may have done it. Take another copy of the file, or weights of another epoch.',
    { kind: 'failure', cause },
  );
}
