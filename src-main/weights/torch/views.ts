import { floatBytes, floatsFrom, isFloatType } from '../../foundation/floats.ts';
import type { FileSlices } from '../FileSlices.ts';
import { formats } from '../formats.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import type { FoundDictionary } from './dictionary.ts';
import type { TensorView } from './pickled.ts';
import { gather, isContiguous, lastOf } from './tensors.ts';

/** Where the bytes of a storage lie in the file. */
export interface Place {
  begin: number;
  bytes: number;
}

/** The tensors of a file of PyTorch. @param placeOf finds the bytes of a storage by its key */
export function weightsOfViews(
  file: FileSlices,
  { tensors, notes }: FoundDictionary,
  placeOf: (key: string) => Place | undefined,
): WeightsFile {
  return {
    path: file.path,
    format: formats.torchvision,
    tensors: new Map(
      [...tensors].map(([name, { storage, shape }]) => [name, { dtype: storage.dtype, shape }]),
    ),
    isOrdered: true,
    notes,
    metadata: {},
    read: (name) => readView(file, name, tensors.get(name), placeOf),
    close: () => {
      file.close();
    },
  };
}

function readView(
  file: FileSlices,
  name: string,
  view: TensorView | undefined,
  placeOf: (key: string) => Place | undefined,
): Float32Array {
  if (view === undefined) throw damaged(file.path, `there is no tensor ${name} in it`);
  const { storage, offset } = view;
  const { dtype, key, count, begin } = storage;
  if (!isFloatType(dtype)) throw damaged(file.path, `${name} is ${dtype}, which holds no weights`);
  const place = placeOf(key);
  const size = floatBytes[dtype];
  if (place === undefined || place.bytes < (begin + count) * size)
    throw damaged(file.path, `${name} has ${place?.bytes ?? 0} bytes for ${begin + count} values`);
  const length = Math.max(0, lastOf(view) + 1 - offset);
  const bytes = file.bytes(place.begin + (begin + offset) * size, length * size, name);
  const values = floatsFrom(bytes, dtype);
  return isContiguous(view) ? values : gather(values, view);
}
