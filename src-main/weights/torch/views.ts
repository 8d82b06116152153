import { checksumAfter, corrupt } from '../../foundation/checksums.ts';
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
  /** Undefined or 0 where the file has none. */
  crc32?: number;
}

/** The tensors of a file of PyTorch. @param placeOf finds the bytes of a storage by its key */
export function weightsOfViews(
  file: FileSlices,
  { tensors, notes }: FoundDictionary,
  placeOf: (key: string) => Place | undefined,
): WeightsFile {
  const intact = new Set<Place>();
  return {
    path: file.path,
    format: formats.torchvision,
    tensors: new Map(
      [...tensors].map(([name, { storage, shape }]) => [name, { dtype: storage.dtype, shape }]),
    ),
    isOrdered: true,
    notes,
    metadata: {},
    read: (name) => {
      const view = tensors.get(name);
      const place = view && placeOf(view.storage.key);
      if (place && !intact.has(place)) requireIntact(file, place, name);
      if (place) intact.add(place);
      return readView(file, name, view, place);
    },
    close: () => {
      file.close();
    },
  };
}

function readView(
  file: FileSlices,
  name: string,
  view: TensorView | undefined,
  place: Place | undefined,
): Float32Array {
  if (view === undefined) throw damaged(file.path, `there is no tensor ${name} in it`);
  const { storage, offset } = view;
  const { dtype, count, begin } = storage;
  if (!isFloatType(dtype)) throw damaged(file.path, `${name} is ${dtype}, which holds no weights`);
  const size = floatBytes[dtype];
  if (place === undefined || place.bytes < (begin + count) * size)
    throw damaged(file.path, `${name} has ${place?.bytes ?? 0} bytes for ${begin + count} values`);
  const length = Math.max(0, lastOf(view) + 1 - offset);
  const bytes = file.bytes(place.begin + (begin + offset) * size, length * size, name);
  const values = floatsFrom(bytes, dtype);
  return isContiguous(view) ? values : gather(values, view);
}

/** How much is read at once where only the checksum is needed. */
const bytesOfPart = 8 * 1024 * 1024;

/** Compares a storage with the checksum of the zip archive: a bit that a disk or a download changed leaves weights that look right. */
function requireIntact(file: FileSlices, { begin, bytes, crc32 = 0 }: Place, name: string): void {
  if (crc32 === 0) return;
  let checksum = 0;
  for (let done = 0; done < bytes; done += bytesOfPart) {
    const part = file.bytes(begin + done, Math.min(bytesOfPart, bytes - done), name);
    checksum = checksumAfter(checksum, part);
  }
  if (checksum !== crc32) throw corrupt(file.path, `the values of ${name} are others than were written`);
}
