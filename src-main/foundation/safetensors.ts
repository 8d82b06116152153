import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  checksumAfter,
  checksumKey,
  checksumsSchema,
  checksumText,
  corrupt,
  metadataChecksum,
  type Checksums,
} from './checksums.ts';
import { WorkbenchError } from './errors.ts';
import { writeFileAtomically } from './files.ts';
import { readSafetensorsHeader, type PlacedTensor } from './safetensorsHeader.ts';
import { floatBytes, floatsFrom, isFloatType, type FloatType } from './floats.ts';

const bytesOf = { ...floatBytes, I32: 4 } as const;
/** How much is read at once where only the checksum is needed. */
const bytesOfPart = 8 * 1024 * 1024;

/**
 * A safetensors file open for reading. Values are read tensor by tensor, on request, and compared with their checksums
 * if the file has any.
 */
export class SafetensorsFile {
  readonly path: string;
  /** Without the checksums. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, PlacedTensor>;
  /** Null in files of other programs and of earlier versions. */
  readonly checksums: Checksums | null;
  readonly #file: number;

  /** @throws WorkbenchError `weights-not-found`, `weights-damaged`, `weights-corrupt` */
  constructor(path: string) {
    this.path = path;
    try {
      this.#file = openSync(path, 'r');
    } catch (error) {
      throw new WorkbenchError(
        'weights-not-found',
        `${path} cannot be opened.`,
        'Check the path of the weights file.',
        {
          cause: error,
        },
      );
    }
    try {
      const { metadata: all, tensors } = readSafetensorsHeader(this.#file, (fact) => this.#damaged(fact));
      const { [checksumKey]: checksums, ...metadata } = all;
      this.metadata = metadata;
      this.checksums = checksums === undefined ? null : this.#checksumsIn(checksums);
      this.tensors = tensors;
    } catch (error) {
      closeSync(this.#file);
      if (error instanceof WorkbenchError) throw error;
      throw this.#damaged('the header is not that of a safetensors file', error);
    }
  }

  /**
   * The values of a float32, float64, float16 or bfloat16 tensor as float32.
   *
   * @throws WorkbenchError `weights-damaged` if it is missing, of another type, or of a size that contradicts its shape;
   *   `weights-corrupt` if its checksum is another
   */
  read(name: string): Float32Array {
    const dtype = this.tensors.get(name)?.dtype ?? 'F32';
    const bytes = this.#bytesOf(name, isFloatType(dtype) ? dtype : 'F32');
    this.#requireChecksum(name, checksumAfter(0, bytes));
    return floatsFrom(bytes, isFloatType(dtype) ? dtype : 'F32');
  }

  /**
   * Reads the whole file once, without keeping it, and compares every tensor with its checksum. Other work runs in
   * between. A file without checksums passes.
   *
   * @throws WorkbenchError `weights-corrupt`, `weights-damaged`
   */
  async requireIntact(): Promise<void> {
    if (this.checksums === null) return;
    for (const [name, { offset, bytes }] of this.tensors) {
      let checksum = 0;
      const part = new Uint8Array(Math.min(bytes, bytesOfPart));
      for (let done = 0; done < bytes;) {
        const read = readSync(this.#file, part, 0, Math.min(part.length, bytes - done), offset + done);
        if (read === 0) throw this.#damaged(`it ends within ${name}`);
        checksum = checksumAfter(checksum, part.subarray(0, read));
        done += read;
        await nextTurn();
      }
      this.#requireChecksum(name, checksum);
    }
  }

  /**
   * The values of a float32 tensor from index `begin` to before `end`; throws as {@link read} does, but a part has no
   * checksum: see {@link requireIntact}.
   */
  readPart(name: string, begin: number, end: number): Float32Array {
    return new Float32Array(this.#bytesOf(name, 'F32', begin, end).buffer);
  }

  /** The values of an int32 tensor; throws as {@link read} does. */
  readInt32(name: string): Int32Array {
    const bytes = this.#bytesOf(name, 'I32');
    this.#requireChecksum(name, checksumAfter(0, bytes));
    return new Int32Array(bytes.buffer);
  }

  #bytesOf(name: string, dtype: FloatType | 'I32', begin = 0, end = Infinity): Uint8Array<ArrayBuffer> {
    const tensor = this.tensors.get(name);
    if (!tensor) throw this.#damaged(`there is no tensor ${name} in it`);
    if (tensor.dtype !== dtype) throw this.#damaged(`${name} is ${tensor.dtype}, not ${dtype}`);
    const count = tensor.shape.reduce((product, extent) => product * extent, 1);
    if (count * bytesOf[dtype] !== tensor.bytes)
      throw this.#damaged(`${name} has ${tensor.bytes} bytes for ${count} values`);
    const bytes = new Uint8Array((Math.min(end, count) - begin) * bytesOf[dtype]);
    for (let done = 0; done < bytes.length;) {
      const read = readSync(
        this.#file,
        bytes,
        done,
        Math.min(bytes.length - done, 1 << 30),
        tensor.offset + begin * bytesOf[dtype] + done,
      );
      if (read === 0) throw this.#damaged(`it ends within ${name}`);
      done += read;
    }
    return bytes;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** @throws WorkbenchError `weights-corrupt` if they cannot be read, or if the metadata are others than were written */
  #checksumsIn(text: string): Checksums {
    let checksums: Checksums | undefined;
    try {
      checksums = checksumsSchema.parse(JSON.parse(text));
    } catch (error) {
      throw corrupt(this.path, 'its checksums cannot be read', error);
    }
    if (checksums.metadata === metadataChecksum(this.metadata)) return checksums;
    throw corrupt(this.path, 'its metadata are others than were written');
  }

  #requireChecksum(name: string, checksum: number): void {
    if (this.checksums === null || this.checksums.tensors[name] === checksumText(checksum)) return;
    throw corrupt(this.path, `the values of ${name} are others than were written`);
  }

  #damaged(fact: string, cause?: unknown): WorkbenchError {
    return new WorkbenchError(
      'weights-damaged',
      `${this.path} cannot be used: ${fact}.`,
      'Use a complete safetensors file with float32, float64, float16 or bfloat16 weights.',
      { cause },
    );
  }
}

/** A tensor to write; its values are requested only when they are written. */
export interface TensorToStore {
  name: string;
  shape: readonly number[];
  values: () => Float32Array;
}

/** Writes a safetensors file atomically, with checksums, one tensor in memory at a time. */
export function writeSafetensors(
  path: string,
  tensors: readonly TensorToStore[],
  metadata: Readonly<Record<string, string>>,
): void {
  const sums = new Map<string, string>(tensors.map(({ name }) => [name, checksumText(0)]));
  writeFileAtomically(path, (write, writeAt) => {
    write(safetensorsHeader(tensors, metadata, sums));
    for (const { name, values } of tensors) {
      const data = values();
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      sums.set(name, checksumText(checksumAfter(0, bytes)));
      write(bytes);
    }
    // The header precedes the values. With the checksums, now known, it is as long as it was.
    writeAt(safetensorsHeader(tensors, metadata, sums), 0);
  });
}

/**
 * The beginning of a file, before the values of the tensors, which follow in this order without gaps.
 *
 * @param sums the checksum of each tensor, if the file is to hold them
 */
export function safetensorsHeader(
  tensors: readonly { name: string; shape: readonly number[] }[],
  metadata: Readonly<Record<string, string>>,
  sums?: ReadonlyMap<string, string>,
): Buffer {
  let offset = 0;
  const entries = tensors.map(({ name, shape }) => {
    const begin = offset;
    offset += shape.reduce((product, extent) => product * extent, 1) * 4;
    return [name, { dtype: 'F32', shape: [...shape], data_offsets: [begin, offset] }] as const;
  });
  const header = JSON.stringify({
    __metadata__: sums ? { ...metadata, [checksumKey]: checksumsText(metadata, sums) } : metadata,
    ...Object.fromEntries(entries),
  });
  // The values start at a multiple of eight bytes, so the header is filled up with spaces.
  const padded = Buffer.from(header + ' '.repeat((8 - (Buffer.byteLength(header) % 8)) % 8), 'utf8');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded]);
}

function checksumsText(
  metadata: Readonly<Record<string, string>>,
  sums: ReadonlyMap<string, string>,
): string {
  return JSON.stringify({
    metadata: metadataChecksum(metadata),
    tensors: Object.fromEntries(sums),
  } satisfies Checksums);
}
