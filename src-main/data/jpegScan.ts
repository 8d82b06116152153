const hole = Buffer.alloc(128);
/** No coefficient of 8-bit samples is larger than 1,024; the rest is for the rounding of odd encoders. */
const largestCoefficient = 2048;

/**
 * What is wrong with the compressed pixels of a baseline JPEG, whose decoder takes any bits for a picture: it stops at
 * the last pixel, however much is left, and clips what no picture has. In a whole file the last block ends where the data
 * do, no block has more than 64 coefficients, and none of these is larger than 8-bit samples give (ITU-T T.81, F.2). Null if nothing is wrong, or if the file is of
 * another kind, whose decoder warns by itself.
 */
export function flawInScan(bytes: Uint8Array): string | null {
  const scan = findScan(bytes);
  return scan === undefined ? null : readScan(bytes, scan);
}

/** For 16 bits of the data the length of the Huffman code they begin with, and its value: `length << 8 | value`. */
type HuffmanTable = Uint16Array;

interface ScanComponent {
  blocks: number;
  dc: HuffmanTable;
  ac: HuffmanTable;
  /** What each of the 64 coefficients is multiplied by, in the order of the data. */
  steps: Uint16Array;
}

interface Scan {
  start: number;
  /** Of one MCU, the unit in which the components take turns. */
  components: ScanComponent[];
  mcus: number;
  /** MCUs between restart markers; 0 for none. */
  restartInterval: number;
}

interface Tables {
  huffman: Map<number, HuffmanTable>;
  steps: Map<number, Uint16Array>;
}

interface Frame {
  width: number;
  height: number;
  components: { id: number; across: number; down: number; steps: number }[];
}

/** The only scan of a baseline JPEG, with all its components; undefined if the file is of another kind. */
function findScan(bytes: Uint8Array): Scan | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables: Tables = { huffman: new Map(), steps: new Map() };
  let frame: Frame | undefined;
  let restartInterval = 0;
  for (let offset = 2; offset + 4 <= file.length;) {
    if (file[offset] !== 0xff) return undefined;
    const marker = file[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset++;
      continue;
    }
    const end = offset + 2 + file.readUInt16BE(offset + 2);
    const segment = file.subarray(offset + 4, end);
    if (end > file.length) return undefined;
    if (marker === 0xc4) readHuffman(segment, tables);
    else if (marker === 0xdb) readSteps(segment, tables);
    else if (marker === 0xdd && segment.length >= 2) restartInterval = segment.readUInt16BE(0);
    else if (marker === 0xc0 || marker === 0xc1) frame = readFrame(segment);
    else if (marker === 0xda) return frame && scanOf(segment, frame, { tables, restartInterval, start: end });
    else if (marker > 0xc1 && marker < 0xd0 && marker !== 0xc8 && marker !== 0xcc) return undefined;
    offset = end;
  }
  return undefined;
}

function readSteps(segment: Buffer, { steps }: Tables): void {
  for (let offset = 0; offset < segment.length;) {
    const [of = 0] = segment.subarray(offset);
    const bytes = of >> 4 === 0 ? 1 : 2;
    const values = segment.subarray(offset + 1, offset + 1 + 64 * bytes);
    if (values.length < 64 * bytes) return;
    steps.set(
      of & 15,
      Uint16Array.from({ length: 64 }, (_, index) => values.readUIntBE(index * bytes, bytes)),
    );
    offset += 1 + 64 * bytes;
  }
}

function readHuffman(segment: Buffer, { huffman }: Tables): void {
  for (let offset = 0; offset + 17 <= segment.length;) {
    const id = segment[offset] ?? 0;
    const table = new Uint16Array(65_536);
    let code = 0;
    let value = offset + 17;
    for (let length = 1; length <= 16; length++) {
      const span = 2 ** (16 - length);
      for (let left = segment[offset + length] ?? 0; left > 0; left--) {
        table.fill((length << 8) | (segment[value++] ?? 0), code, code + span);
        code += span;
      }
    }
    huffman.set(id, table);
    offset = value;
  }
}

function readFrame(segment: Buffer): Frame | undefined {
  const count = segment[5] ?? 0;
  if (segment[0] !== 8 || count === 0 || segment.length < 6 + 3 * count) return undefined;
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, sampling = 0, steps = 0] = segment.subarray(6 + 3 * index);
    return { id, across: sampling >> 4, down: sampling & 15, steps };
  });
  return { width: segment.readUInt16BE(3), height: segment.readUInt16BE(1), components };
}

function scanOf(
  segment: Buffer,
  { width, height, components }: Frame,
  { tables, restartInterval, start }: Pick<Scan, 'restartInterval' | 'start'> & { tables: Tables },
): Scan | undefined {
  const count = segment[0] ?? 0;
  if (count !== components.length || width === 0 || height === 0) return undefined;
  const isSingle = count === 1;
  const found = components.flatMap(({ id, across, down, ...component }, index): ScanComponent[] => {
    const [of, selected = 0] = segment.subarray(1 + 2 * index);
    const dc = tables.huffman.get(selected >> 4);
    const ac = tables.huffman.get(0x10 | (selected & 15));
    const steps = tables.steps.get(component.steps);
    if (of !== id || !dc || !ac || !steps || across === 0 || down === 0) return [];
    return [{ blocks: isSingle ? 1 : across * down, dc, ac, steps }];
  });
  if (found.length !== count) return undefined;
  const side = (name: 'across' | 'down') =>
    8 * (isSingle ? 1 : Math.max(...components.map((component) => component[name])));
  const mcus = Math.ceil(width / side('across')) * Math.ceil(height / side('down'));
  return { start, components: found, mcus, restartInterval };
}

function readScan(bytes: Uint8Array, { start, components, mcus, restartInterval }: Scan): string | null {
  if (hasHole(bytes, start, components)) return 'a part of its data is all zeros';
  const bits = new Bits(bytes, start);
  const levels = components.map(() => 0);
  for (let mcu = 0; mcu < mcus; mcu++) {
    if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
      // Anything but the marker that must be here is warned of by the decoder.
      if (!bits.restart()) return null;
      levels.fill(0);
    }
    for (const [index, component] of components.entries()) {
      for (let block = 0; block < component.blocks; block++) {
        const level = readBlock(bits, component, levels[index] ?? 0);
        if (level === undefined) return 'a block of pixels holds what no encoder writes';
        levels[index] = level;
      }
    }
    // The decoder itself warns of data that end too early.
    if (bits.isPastEnd) return null;
  }
  const left = bits.leftOver();
  return left.every((byte) => byte === left[0]) ? null : `${left.length} bytes of its data are left over`;
}

/** Whether there is a long run of zeros, unless that is how an even area is written in the codes of this file. */
function hasHole(bytes: Uint8Array, start: number, components: readonly ScanComponent[]): boolean {
  const meansEven = (table: HuffmanTable) => ((table[0] ?? 0) & 0xff) === 0;
  if (components.every(({ dc, ac }) => meansEven(dc) && meansEven(ac))) return false;
  const length = endOfData(bytes, start) - start;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length).includes(hole);
}

/** Where the data end that hold the given offset: at the next marker that does not belong to them. */
function endOfData(bytes: Uint8Array, offset: number): number {
  for (let end = offset; end < bytes.length; end++) {
    if (bytes[end] !== 0xff) continue;
    const after = bytes[end + 1] ?? 0xd9;
    if (after !== 0 && after !== 0xff && (after & 0xf8) !== 0xd0) return end;
  }
  return bytes.length;
}

/** @returns the block's first coefficient, from which the next one's is counted; undefined if it is impossible */
function readBlock(bits: Bits, { dc, ac, steps }: ScanComponent, before: number): number | undefined {
  const size = bits.symbol(dc);
  if (size < 0 || size > 11) return undefined;
  const level = before + bits.value(size);
  if (Math.abs(level) * (steps[0] ?? 0) > largestCoefficient) return undefined;
  for (let coefficient = 1; coefficient < 64; coefficient++) {
    const symbol = bits.symbol(ac);
    if (symbol < 0) return undefined;
    if (symbol === 0) return level;
    coefficient += symbol >> 4;
    if (coefficient > 63) return undefined;
    const value = bits.value(symbol & 15);
    if (Math.abs(value) * (steps[coefficient] ?? 0) > largestCoefficient) return undefined;
  }
  return level;
}

/** The bits of entropy-coded data, in which a zero follows each byte of ones that is no marker. */
class Bits {
  readonly #bytes: Uint8Array;
  #offset: number;
  /** The next bits, the first of them highest among `#count`. */
  #next = 0;
  #count = 0;
  /** Bits that were made up after the end of the data. */
  #madeUp = 0;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get isPastEnd(): boolean {
    return this.#madeUp > this.#count;
  }

  /** The value of the Huffman code that comes next; -1 if there is no such code. */
  symbol(table: HuffmanTable): number {
    if (this.#count < 16) this.#fill();
    const entry = table[(this.#next >>> (this.#count - 16)) & 0xffff] ?? 0;
    if (entry === 0) return this.#madeUp > 0 ? 0 : -1;
    this.#count -= entry >> 8;
    return entry & 0xff;
  }

  /** The number of a given size that comes next (T.81, F.1.2.1); of size 0 it is 0. */
  value(size: number): number {
    if (size === 0) return 0;
    if (this.#count < size) this.#fill();
    this.#count -= size;
    const bits = (this.#next >>> this.#count) & ((1 << size) - 1);
    return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
  }

  /** Goes on after the restart marker that must come next. */
  restart(): boolean {
    const isThere =
      this.#bytes[this.#offset] === 0xff && ((this.#bytes[this.#offset + 1] ?? 0) & 0xf8) === 0xd0;
    if (this.#count - this.#madeUp >= 8 || !isThere) return false;
    this.#offset += 2;
    this.#count = 0;
    this.#madeUp = 0;
    return true;
  }

  /** The whole bytes of the data that were not used. */
  leftOver(): Uint8Array {
    const used = this.#offset - (this.#madeUp > 0 ? 0 : this.#count >> 3);
    return this.#bytes.subarray(used, endOfData(this.#bytes, this.#offset));
  }

  #fill(): void {
    while (this.#count <= 16) {
      const byte = this.#bytes[this.#offset];
      const isMarker = byte === 0xff && this.#bytes[this.#offset + 1] !== 0;
      if (byte === undefined || isMarker) {
        this.#next <<= 8;
        this.#madeUp += 8;
      } else {
        this.#next = (this.#next << 8) | byte;
        this.#offset += byte === 0xff ? 2 : 1;
      }
      this.#count += 8;
    }
  }
}
