import type { WorkbenchError } from '../../foundation/errors.ts';
import type { FileSlices } from '../FileSlices.ts';
import { damaged } from '../WeightsFile.ts';

/** The part of the file that holds a message, a text or packed values. */
export interface Range {
  begin: number;
  end: number;
}

/** A field of a message in protobuf's wire format: a number, or the range of its content. */
export type WireField = { number: number } & (
  { kind: 'varint'; value: number } | ({ kind: 'range' } & Range)
);

const windowBytes = 1 << 16;
const longestVarint = 10;

/**
 * Reads protobuf's wire format in place: only the tags and lengths of a file of half a gigabyte, never the values.
 * https://protobuf.dev/programming-guides/encoding
 */
export class WireReader {
  readonly #file: FileSlices;
  #window = new Uint8Array(0);
  #windowBegin = 0;

  constructor(file: FileSlices) {
    this.#file = file;
  }

  /**
   * The fields of the message in a range, in their order.
   *
   * @throws WorkbenchError `weights-damaged` where a field reaches beyond its message or is invalid
   */
  *fields({ begin, end }: Range, subject: string): Generator<WireField> {
    for (let at = begin; at < end;) {
      const tag = this.#varint(at, end, subject);
      const number = Math.floor(tag.value / 8);
      const lengths = { 1: 8, 5: 4 } as const;
      switch (tag.value % 8) {
        case 0: {
          const { value, next } = this.#varint(tag.next, end, subject);
          yield { number, kind: 'varint', value };
          at = next;
          break;
        }
        case 1:
        case 5:
          at = this.#within(tag.next + lengths[tag.value % 8 === 1 ? 1 : 5], end, subject);
          yield { number, kind: 'range', begin: tag.next, end: at };
          break;
        case 2: {
          const { value: length, next } = this.#varint(tag.next, end, subject);
          at = this.#within(next + length, end, subject);
          yield { number, kind: 'range', begin: next, end: at };
          break;
        }
        default:
          throw damaged(this.#file.path, `${subject} has a field of no known type`);
      }
      if (number === 0) throw damaged(this.#file.path, `${subject} has a field without a number`);
    }
  }

  /** Packed varints: the extents of a shape. */
  *varints({ begin, end }: Range, subject: string): Generator<number> {
    for (let at = begin; at < end;) {
      const { value, next } = this.#varint(at, end, subject);
      yield value;
      at = next;
    }
  }

  damaged(fact: string): WorkbenchError {
    return damaged(this.#file.path, fact);
  }

  /** A text of at most `longest` bytes. */
  text({ begin, end }: Range, longest: number, subject: string): string {
    if (end - begin > longest) throw damaged(this.#file.path, `${subject} is longer than ${longest} bytes`);
    return Buffer.from(this.#file.bytes(begin, end - begin, subject)).toString('utf8');
  }

  #varint(begin: number, end: number, subject: string): { value: number; next: number } {
    let value = 0;
    for (let index = 0; index < longestVarint; index++) {
      const at = this.#within(begin + index + 1, end, subject) - 1;
      const byte = this.#byteAt(at, subject);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, next: at + 1 };
    }
    throw damaged(this.#file.path, `${subject} has a number without an end`);
  }

  #byteAt(at: number, subject: string): number {
    const index = at - this.#windowBegin;
    const known = index >= 0 ? this.#window[index] : undefined;
    if (known !== undefined) return known;
    this.#window = this.#file.bytes(at, Math.min(windowBytes, this.#file.size - at), subject);
    this.#windowBegin = at;
    return this.#window[0] ?? 0;
  }

  #within(at: number, end: number, subject: string): number {
    if (at > end) throw damaged(this.#file.path, `it ends within ${subject}`);
    return at;
  }
}
