import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { floatBytes, floatsFrom, isFloatType } from '../../foundation/floats.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { FileSlices } from '../FileSlices.ts';
import { formats } from '../formats.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import { gather, isContiguous, lastOf } from './tensors.ts';
import type { TensorView } from './pickled.ts';
import { stateDictionary, unpickle } from './unpickle.ts';

const maxEntries = 100_000;
/** The largest accepted list of tensors, in bytes. A net of nineteen layers needs four thousand. */
const largestList = 1024 * 1024;

/** Where the bytes of an entry of the archive lie in the file: `torch.save` never compresses. */
interface Place {
  begin: number;
  bytes: number;
}

/**
 * Opens a file of PyTorch's `torch.save` of a state dictionary, in its zip form (PyTorch 1.6 and later).
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`, `weights-refused`
 */
export async function openPth(path: string): Promise<WeightsFile> {
  const file = new FileSlices(path);
  try {
    const places = await placesOf(path);
    const list = [...places.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name));
    if (list === undefined) throw damaged(path, 'it has no list of tensors (data.pkl)');
    const root = list.slice(0, -'data.pkl'.length);
    refuseBigEndian(file, places.get(`${root}byteorder`));
    const views = stateDictionary(unpickle(entryBytes(file, places.get(list)), path));
    return {
      path,
      format: formats.torchvision,
      tensors: new Map(
        [...views].map(([name, { storage, shape }]) => [name, { dtype: storage.dtype, shape }]),
      ),
      metadata: {},
      read: (name) => readView(file, { root, places }, name, views.get(name)),
      close: () => {
        file.close();
      },
    };
  } catch (error) {
    file.close();
    throw error instanceof WorkbenchError ? error : damaged(path, 'it is no complete zip archive', error);
  }
}

async function placesOf(path: string): Promise<Map<string, Place>> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    const places = new Map<string, Place>();
    for await (const entry of archive.eachEntry()) {
      places.set(entry.fileName, await placeOf(archive, entry, path));
      if (places.size > maxEntries) throw damaged(path, `it has more than ${maxEntries} entries`);
    }
    return places;
  } finally {
    archive.close();
  }
}

async function placeOf(archive: ZipFile, entry: Entry, path: string): Promise<Place> {
  const { compressionMethod, uncompressedSize: bytes, fileName } = entry;
  if (compressionMethod !== 0 || entry.isEncrypted())
    throw damaged(path, `${fileName} in it is compressed, which torch.save does not do`);
  const { fileDataStart: begin } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
  return { begin, bytes };
}

function entryBytes(file: FileSlices, place: Place | undefined): Uint8Array {
  const { begin, bytes } = place ?? { begin: 0, bytes: 0 };
  if (bytes > largestList) throw damaged(file.path, 'the list of its tensors is larger than any');
  return file.bytes(begin, bytes, 'the list of its tensors');
}

function refuseBigEndian(file: FileSlices, place: Place | undefined): void {
  if (place === undefined) return;
  const order = Buffer.from(file.bytes(place.begin, Math.min(place.bytes, 16), 'byteorder')).toString('utf8');
  if (order !== 'little') throw damaged(file.path, `its values are stored ${order}-endian`);
}

function readView(
  file: FileSlices,
  { root, places }: { root: string; places: ReadonlyMap<string, Place> },
  name: string,
  view: TensorView | undefined,
): Float32Array {
  if (view === undefined) throw damaged(file.path, `there is no tensor ${name} in it`);
  const { storage, offset } = view;
  const { dtype, key, count } = storage;
  if (!isFloatType(dtype)) throw damaged(file.path, `${name} is ${dtype}, not F32, F16 or BF16`);
  const place = places.get(`${root}data/${key}`);
  const size = floatBytes[dtype];
  if (place?.bytes !== count * size)
    throw damaged(file.path, `${name} has ${place?.bytes ?? 0} bytes for ${count} values`);
  const length = lastOf(view) + 1 - offset;
  const values = floatsFrom(file.bytes(place.begin + offset * size, length * size, name), dtype);
  return isContiguous(view) ? values : gather(values, view);
}
