import type { SafetensorsFile } from '../../foundation/safetensors.ts';

const valuesOfChunk = 1 << 20;

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The values of a float32 tensor as they are in the file, little-endian, read chunk by chunk. */
export function* storedChunks(
  file: SafetensorsFile,
  name: string,
  elements: number,
): Generator<Uint8Array, void, undefined> {
  for (let begin = 0; begin < elements; begin += valuesOfChunk) {
    yield bytesOf(file.readPart(name, begin, begin + valuesOfChunk));
  }
}
