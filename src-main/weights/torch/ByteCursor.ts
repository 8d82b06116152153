/** Reads numbers and texts one after the other. Reading past the end throws a `RangeError`. */
export class ByteCursor {
  readonly #bytes: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#at;
  }

  byte(): number {
    return this.#view(1).getUint8(0);
  }

  uint16(): number {
    return this.#view(2).getUint16(0, true);
  }

  uint32(): number {
    return this.#view(4).getUint32(0, true);
  }

  /** Beyond the safe integers it is only about right, and larger than any file. */
  uint64(): number {
    return Number(this.#view(8).getBigUint64(0, true));
  }

  int32(): number {
    return this.#view(4).getInt32(0, true);
  }

  bigEndianDouble(): number {
    return this.#view(8).getFloat64(0);
  }

  /** A little-endian two's complement number, of as many bytes as its time allows. */
  long(bytes: number): number {
    if (bytes > 64) throw new RangeError('The number is longer than any count.');
    let value = 0n;
    for (const byte of this.take(bytes).toReversed()) value = (value << 8n) | BigInt(byte);
    return Number(BigInt.asIntN(8 * bytes, value));
  }

  text(bytes: number): string {
    return Buffer.from(this.take(bytes)).toString('utf8');
  }

  /** The text up to the next line feed, which is skipped. */
  line(): string {
    const begin = this.#at;
    while (this.byte() !== 0x0a);
    return Buffer.from(this.#slice(begin, this.#at - begin - 1)).toString('utf8');
  }

  take(bytes: number): Uint8Array {
    const taken = this.#slice(this.#at, bytes);
    this.#at += bytes;
    return taken;
  }

  #view(bytes: number): DataView {
    const { buffer, byteOffset } = this.take(bytes);
    return new DataView(buffer, byteOffset, bytes);
  }

  #slice(begin: number, bytes: number): Uint8Array {
    if (begin + bytes > this.#bytes.byteLength) throw new RangeError('The bytes end before.');
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + begin, bytes);
  }
}
