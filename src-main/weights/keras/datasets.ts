import type * as Hdf5 from 'h5wasm/node';
import { floatBytes, floatsFrom, isFloatType } from '../../foundation/floats.ts';
import type { StoredTensor } from '../../foundation/safetensorsHeader.ts';
import { countOf, damaged } from '../WeightsFile.ts';
import type { Library } from './library.ts';

/** A dataset of an HDF5 file as a tensor. */
export interface KerasTensor extends StoredTensor {
  dataset: Hdf5.Dataset;
}

const maxObjects = 10_000;
const deepest = 12;
/** The library's memory never shrinks, so tensors are read in parts of about this many values. */
const valuesAtOnce = 1 << 22;
const typeNames: Readonly<Record<string, string>> = { e: 'F16', f: 'F32', d: 'F64' };

/** All datasets with their paths. Links to other files are not followed. */
export function* datasetsIn(
  hdf5: Library,
  root: Hdf5.Group,
  path: string,
): Generator<[string[], Hdf5.Dataset]> {
  let objects = 0;
  const open: { group: Hdf5.Group; place: string[] }[] = [{ group: root, place: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const key of next.group.keys()) {
      if (++objects > maxObjects || next.place.length > deepest)
        throw damaged(path, 'it has more groups than a net');
      const entity = next.group.get(key);
      const place = [...next.place, key];
      if (entity instanceof hdf5.Dataset) yield [place, entity];
      else if (entity instanceof hdf5.Group) open.push({ group: entity, place });
    }
  }
}

export function tensorOf(dataset: Hdf5.Dataset): KerasTensor {
  const dtype = typeof dataset.dtype === 'string' ? dataset.dtype : 'compound';
  const [, letter = ''] = /^[<>](\w)$/.exec(dtype) ?? [];
  return {
    dataset,
    shape: dataset.shape ?? [],
    dtype: typeNames[letter] ?? dtype,
  };
}

/** The values of a tensor, read in parts. @throws WorkbenchError `weights-damaged` */
export function valuesOf(hdf5: Library, path: string, name: string, tensor: KerasTensor): Float32Array {
  const { dataset, shape, dtype } = tensor;
  if (!isFloatType(dtype)) throw damaged(path, `${name} is ${dtype}, which holds no weights`);
  const [rows = 0, ...rest] = shape;
  const ofRow = countOf(rest);
  const rowsAtOnce = Math.max(1, Math.floor(valuesAtOnce / ofRow));
  const values = new Float32Array(countOf(shape));
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const taken = Math.min(rowsAtOnce, rows - row);
    const bytes = partOf(hdf5, dataset, [row, taken], taken * ofRow * floatBytes[dtype]);
    values.set(floatsFrom(bytes, dtype), row * ofRow);
  }
  return values;
}

/** The bytes of some rows, little-endian and of any type: what the library makes of them knows no halves. */
function partOf(
  { Module }: Library,
  { file_id: file, path, shape }: Hdf5.Dataset,
  [begin, rows]: readonly [number, number],
  bytes: number,
): Uint8Array<ArrayBuffer> {
  const rest = (shape ?? []).slice(1);
  const count = [rows, ...rest].map(BigInt);
  const offset = [begin, ...rest.map(() => 0)].map(BigInt);
  const at = Module._malloc(bytes);
  if (at === 0) throw new Error('The library has no memory left.');
  try {
    const strides = count.map(() => 1n);
    Module.get_dataset_data(file, path, count, offset, strides, BigInt(at));
    return new Uint8Array(Module.HEAPU8.slice(at, at + bytes));
  } finally {
    Module._free(at);
  }
}
