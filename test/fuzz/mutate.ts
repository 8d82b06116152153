/** Whole numbers below a bound, the same for the same seed. */
export type Draw = (below: number) => number;

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state, so that a case can be named by one number. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Numbers at which readers of sizes, counts and offsets go wrong. */
const extremes = [0n, 1n, 0x7fn, 0xffn, 0x7fffffffn, 0xffffffffn, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];
const words = [
  '-1',
  '1e309',
  '1e21',
  '99999999999999999999',
  'NaN',
  'null',
  '{"',
  '[[[[',
  '&a *a',
  '../../x',
  '\0',
  '\u001b[',
];

type Mutation = (bytes: Buffer, draw: Draw) => Buffer;

const mutations: readonly Mutation[] = [
  // A bit, a byte.
  (bytes, draw) => changed(bytes, draw, 1, (at) => bytes.readUInt8(at) ^ (1 << draw(8))),
  (bytes, draw) => changed(bytes, draw, 1, () => draw(256)),
  // A whole number, where one may be.
  (bytes, draw) => withNumber(bytes, draw, 4),
  (bytes, draw) => withNumber(bytes, draw, 8),
  // A part is missing, zeroed, there twice, or something else.
  (bytes, draw) => bytes.subarray(0, draw(bytes.length + 1)),
  (bytes, draw) => spliced(bytes, draw, () => Buffer.alloc(0)),
  (bytes, draw) => spliced(bytes, draw, (part) => Buffer.alloc(part.length)),
  (bytes, draw) => spliced(bytes, draw, (part) => Buffer.concat([part, part])),
  (bytes, draw) => spliced(bytes, draw, (part) => Buffer.from(part.map(() => draw(256)))),
  (bytes, draw) => spliced(bytes, draw, () => Buffer.from(words[draw(words.length)] ?? '')),
];

/** One to four changes of a file. */
export function mutated(bytes: Buffer, draw: Draw): Buffer {
  let result: Buffer = Buffer.from(bytes);
  for (let count = 1 + draw(4); count > 0; count--) {
    result = mutations[draw(mutations.length)]?.(result, draw) ?? result;
  }
  return result;
}

function changed(bytes: Buffer, draw: Draw, width: number, value: (at: number) => number): Buffer {
  if (bytes.length < width) return bytes;
  const at = placeIn(bytes, draw, width);
  bytes.writeUInt8(value(at), at);
  return bytes;
}

function withNumber(bytes: Buffer, draw: Draw, width: 4 | 8): Buffer {
  if (bytes.length < width) return bytes;
  const at = placeIn(bytes, draw, width);
  const number = BigInt.asUintN(8 * width, extremes[draw(extremes.length)] ?? 0n);
  if (width === 4) {
    if (draw(2) === 0) bytes.writeUInt32LE(Number(number), at);
    else bytes.writeUInt32BE(Number(number), at);
  } else if (draw(2) === 0) bytes.writeBigUInt64LE(number, at);
  else bytes.writeBigUInt64BE(number, at);
  return bytes;
}

function spliced(bytes: Buffer, draw: Draw, replace: (part: Buffer) => Buffer): Buffer {
  const begin = placeIn(bytes, draw, 0);
  const end = Math.min(bytes.length, begin + 1 + draw(2 ** draw(12)));
  const part = bytes.subarray(begin, end);
  return Buffer.concat([bytes.subarray(0, begin), replace(part), bytes.subarray(end)]);
}

/** Half of the places are in the first or last 512 bytes, where the structure of most formats is. */
function placeIn(bytes: Buffer, draw: Draw, width: number): number {
  const places = Math.max(1, bytes.length - width + 1);
  const near = Math.min(places, 512);
  const kind = draw(4);
  return kind < 2 ? draw(places) : kind === 2 ? draw(near) : places - 1 - draw(near);
}
