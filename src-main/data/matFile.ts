import { inflateSync } from 'node:zlib';

/** A value of a MATLAB 5 file: text, numbers, or a struct array. Other kinds are left out. */
export type MatValue = string | Float64Array | Map<string, MatValue>[];

interface Element {
  type: number;
  data: Buffer;
}

/** ILSVRC's own file inflates to less than a megabyte; all variables of a file together may not exceed this. */
const mostInflated = 2 ** 26;
const compressed = 15;
const matrix = 14;
const structClass = 2;
const charClass = 4;

/** Bytes and reader of each number type of the format, by its code. */
const numberTypes: Record<number, [bytes: number, read: (data: Buffer, offset: number) => number]> = {
  1: [1, (data, offset) => data.readInt8(offset)],
  2: [1, (data, offset) => data.readUInt8(offset)],
  3: [2, (data, offset) => data.readInt16LE(offset)],
  4: [2, (data, offset) => data.readUInt16LE(offset)],
  5: [4, (data, offset) => data.readInt32LE(offset)],
  6: [4, (data, offset) => data.readUInt32LE(offset)],
  7: [4, (data, offset) => data.readFloatLE(offset)],
  9: [8, (data, offset) => data.readDoubleLE(offset)],
  16: [1, (data, offset) => data.readUInt8(offset)],
};

/**
 * Reads the variables of a little-endian MATLAB 5 file (the format of ILSVRC's `meta.mat`), but only struct arrays of
 * text and numbers. Returns undefined for any other file, and for one that tells of more than it holds.
 */
export function readMatFile(content: Uint8Array): Map<string, MatValue> | undefined {
  try {
    const file = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    if (file.toString('latin1', 126, 128) !== 'IM') return undefined;
    const variables = new Map<string, MatValue>();
    let left = mostInflated;
    for (const element of elements(file.subarray(128))) {
      let inner: Element | undefined = element;
      if (element.type === compressed) {
        const inflated = inflateSync(element.data, { maxOutputLength: Math.max(1, left) });
        left -= inflated.length;
        [inner] = elements(inflated);
      }
      if (inner?.type !== matrix) continue;
      const { name, value } = readMatrix(inner.data);
      if (value !== undefined) variables.set(name, value);
    }
    return variables;
  } catch (error) {
    // A truncated file or another format: reading past its end (RangeError) or inflating data that is no zlib stream.
    if (error instanceof RangeError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

function readMatrix(data: Buffer): { name: string; value: MatValue | undefined } {
  const [flags, dimensions, name, ...parts] = elements(data);
  if (flags === undefined || dimensions === undefined) return { name: '', value: undefined };
  const kind = flags.data.readUInt8(0);
  const text = name?.data.toString('latin1') ?? '';
  const [first, second] = parts;
  if (kind === structClass) {
    return { name: text, value: readStructs(numbers(dimensions), first, second, parts.slice(2)) };
  }
  if (first === undefined) return { name: text, value: kind === charClass ? '' : new Float64Array() };
  const values = numbers(first);
  return { name: text, value: kind === charClass ? String.fromCharCode(...values) : values };
}

function readStructs(
  dimensions: Float64Array,
  nameLength: Element | undefined,
  names: Element | undefined,
  cells: Element[],
): Map<string, MatValue>[] {
  const length = nameLength === undefined ? 0 : (numbers(nameLength)[0] ?? 0);
  if (names === undefined || length === 0) return [];
  const fields = Array.from({ length: names.data.length / length }, (_, field) =>
    names.data.toString('latin1', field * length, (field + 1) * length).replace(/\0.*$/s, ''),
  );
  const count = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (count * Math.max(1, fields.length) > cells.length)
    throw new RangeError('The file ends before its structs.');
  return Array.from({ length: count }, (_, row) => {
    const members = fields.flatMap((field, column): [string, MatValue][] => {
      const cell = cells[row * fields.length + column];
      const value = cell === undefined ? undefined : readMatrix(cell.data).value;
      return value === undefined ? [] : [[field, value]];
    });
    return new Map(members);
  });
}

function numbers({ type, data }: Element): Float64Array {
  const [bytes, read] = numberTypes[type] ?? [1, () => 0];
  return Float64Array.from({ length: Math.floor(data.length / bytes) }, (_, index) =>
    read(data, index * bytes),
  );
}

function elements(data: Buffer): Element[] {
  const found: Element[] = [];
  for (let offset = 0; offset + 8 <= data.length;) {
    const word = data.readUInt32LE(offset);
    // A small element keeps its length in the upper half of the tag and its data in the other four bytes.
    const small = word >>> 16;
    const type = small > 0 ? word & 0xffff : word;
    const length = small > 0 ? small : data.readUInt32LE(offset + 4);
    const start = offset + (small > 0 ? 4 : 8);
    if (start + length > data.length) throw new RangeError('The element ends after the file.');
    found.push({ type, data: data.subarray(start, start + length) });
    if (small > 0) offset += 8;
    else offset = start + (type === compressed ? length : Math.ceil(length / 8) * 8);
  }
  return found;
}
