/*
 * Protocol Buffers' wire format, as far as ONNX's and TensorBoard's messages need it. A nested message is preceded by
 * its length, so lengths are known first, while large contents are read only when they are to be written.
 * https://protobuf.dev/programming-guides/encoding/
 */

/** Bytes in memory, or a known number of bytes that are read when they are to be written. */
export type Part = Uint8Array | { readonly byteLength: number; read(): Iterable<Uint8Array> };

/** The fields of a message, one after the other. */
export type Message = readonly Part[];

const wireType = { varint: 0, fixed64: 1, delimited: 2, fixed32: 5 } as const;

export function messageLength(message: Message): number {
  return message.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** A message as chunks, each made on demand. */
export function* chunksOf(message: Message): Generator<Uint8Array, void, undefined> {
  for (const part of message) {
    if (part instanceof Uint8Array) yield part;
    else yield* part.read();
  }
}

/** A message in one piece. */
export function encode(message: Message): Buffer {
  return Buffer.concat([...chunksOf(message)]);
}

/** A whole number, which may be negative, or an enumeration's value. */
export function wholeField(field: number, value: number | bigint): Message {
  return [Buffer.concat([key(field, wireType.varint), varint(BigInt.asUintN(64, BigInt(value)))])];
}

export function floatField(field: number, value: number): Message {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return [Buffer.concat([key(field, wireType.fixed32), bytes])];
}

export function doubleField(field: number, value: number): Message {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return [Buffer.concat([key(field, wireType.fixed64), bytes])];
}

export function textField(field: number, text: string): Message {
  return messageField(field, [Buffer.from(text, 'utf8')]);
}

/** A nested message, or bytes. */
export function messageField(field: number, content: Message): Message {
  const length = varint(BigInt(messageLength(content)));
  return [Buffer.concat([key(field, wireType.delimited), length]), ...content];
}

function key(field: number, type: number): Buffer {
  return varint(BigInt((field << 3) | type));
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return Buffer.from([...bytes, low]);
    bytes.push(low | 0x80);
  }
}
