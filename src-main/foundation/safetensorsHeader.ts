import { fstatSync, readSync } from 'node:fs';
import { z } from 'zod';
import { jsonKeys } from './jsonKeys.ts';

/*
 * The safetensors format: eight bytes of header length, a JSON header, then the raw little-endian values.
 * https://huggingface.co/docs/safetensors
 */

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const headerSchema = z
  .object({ __metadata__: z.record(z.string(), z.string()).nullish() })
  .catchall(entrySchema);

/** In bytes. The header of a net of nineteen layers has four thousand. */
const largestHeader = 10 * 1024 * 1024;
const maxTensors = 100_000;

/** A tensor of a file: the type of its values, by the format's own name, and its extents as stored. */
export interface StoredTensor {
  dtype: string;
  shape: readonly number[];
}

/** Where its values lie in the file. */
export interface PlacedTensor extends StoredTensor {
  offset: number;
  bytes: number;
}

export interface SafetensorsHeader {
  metadata: Readonly<Record<string, string>>;
  tensors: ReadonlyMap<string, PlacedTensor>;
}

/**
 * Reads the header of an open file.
 *
 * @param damaged the error for a header that the format does not allow
 * @throws that error; others for text that is no header
 */
export function readSafetensorsHeader(file: number, damaged: (fact: string) => Error): SafetensorsHeader {
  const { size } = fstatSync(file);
  const lengthBytes = Buffer.alloc(8);
  readSync(file, lengthBytes, 0, 8, 0);
  const length = Number(lengthBytes.readBigUInt64LE());
  if (length + 8 > size) throw damaged('it is cut short');
  if (length > largestHeader) throw damaged(`its header has ${length} bytes, more than any net needs`);
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, 8);
  const text = bytes.toString('utf8');
  const names = jsonKeys(text, maxTensors);
  if (names.size > maxTensors) throw damaged(`it has more than ${maxTensors} tensors`);
  const twice = [...names].find(([, count]) => count > 1)?.[0];
  if (twice !== undefined) throw damaged(`${twice} is in it twice`);
  const { __metadata__: metadata, ...entries } = headerSchema.parse(JSON.parse(text));
  const tensors = placed(entries, 8 + length);
  requireWhole(tensors, 8 + length, size, damaged);
  return { metadata: metadata ?? {}, tensors };
}

function placed(entries: Readonly<Record<string, unknown>>, dataStart: number): Map<string, PlacedTensor> {
  return new Map(
    Object.entries(entries).map(([name, entry]) => {
      const { dtype, shape, data_offsets: offsets } = entrySchema.parse(entry);
      const [begin, end] = offsets;
      return [name, { dtype, shape, offset: dataStart + begin, bytes: end - begin }];
    }),
  );
}

/** The format's own rule: the tensors fill the rest of the file, without overlaps and without holes. */
function requireWhole(
  tensors: ReadonlyMap<string, PlacedTensor>,
  dataStart: number,
  size: number,
  damaged: (fact: string) => Error,
): void {
  const inOrder = [...tensors].toSorted(
    ([, left], [, right]) => left.offset - right.offset || left.bytes - right.bytes,
  );
  let at = dataStart;
  for (const [name, { offset, bytes }] of inOrder) {
    if (bytes < 0 || offset + bytes > size) throw damaged(`the values of ${name} lie outside the file`);
    if (offset < at) throw damaged(`the values of ${name} overlap those of another tensor`);
    if (offset > at) throw damaged(`it has ${offset - at} bytes of no tensor before ${name}`);
    at = offset + bytes;
  }
  if (at !== size) throw damaged(`it has ${size - at} bytes of no tensor at its end`);
}
