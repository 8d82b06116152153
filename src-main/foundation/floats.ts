/** Types of values that weights are stored in, and the bytes of one value. */
export const floatBytes = { F64: 8, F32: 4, F16: 2, BF16: 2 } as const;
export type FloatType = keyof typeof floatBytes;

export function isFloatType(dtype: string): dtype is FloatType {
  return Object.hasOwn(floatBytes, dtype);
}

/**
 * Little-endian values as float32, which represents each of them exactly but those of float64, which are rounded; one
 * that is too large for float32 becomes infinite.
 *
 * @param bytes a whole number of values, at the beginning of their buffer
 */
export function floatsFrom(bytes: Uint8Array<ArrayBuffer>, dtype: FloatType): Float32Array {
  if (dtype === 'F64') {
    return Float32Array.from(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8));
  }
  if (dtype === 'F32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const bits = new Uint32Array(halves.length);
  // A bfloat16 is the upper half of a float32.
  for (const [index, half] of halves.entries())
    bits[index] = dtype === 'BF16' ? half << 16 : bitsOfHalf(half);
  return new Float32Array(bits.buffer);
}

/** IEEE 754 binary16 → binary32: one sign bit, 5 → 8 of exponent, 10 → 23 of fraction. */
function bitsOfHalf(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: the leading bit of the fraction becomes the hidden one.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}

/** Whether none is NaN or infinite. By index: `every` and `for of` take ten times as long for the 10^8 weights of a net. */
export function allFinite(values: Float32Array): boolean {
  let index = 0;
  while (index < values.length && Number.isFinite(values[index])) index++;
  return index === values.length;
}
