import { checksumAfter, corrupt } from '../../foundation/checksums.ts';
import { FileSlices } from '../FileSlices.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import type { ZipPlace } from '../zipPlaces.ts';
import { ByteCursor } from './ByteCursor.ts';
import { dictionaryIn } from './dictionary.ts';
import { PickleMachine } from './PickleMachine.ts';
import { unpickle } from './unpickle.ts';
import { weightsOfViews } from './views.ts';

/** The largest accepted list of tensors, in bytes. A net of nineteen layers needs four thousand. */
const largestList = 8 * 1024 * 1024;
const listName = /^[^/]+\/data\.pkl$/;

/** Whether a zip archive is one of `torch.save`. */
export function isPth(places: ReadonlyMap<string, ZipPlace>): boolean {
  return [...places.keys()].some((name) => listName.test(name));
}

/**
 * Opens a file of PyTorch's `torch.save`, in its zip form (PyTorch 1.6 and later).
 *
 * @param places the entries of the archive, which `torch.save` never compresses
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`, `weights-refused`, `weights-unknown`
 */
export function openPth(path: string, places: ReadonlyMap<string, ZipPlace>): WeightsFile {
  const file = new FileSlices(path);
  try {
    const list = [...places.keys()].find((name) => listName.test(name)) ?? '';
    const root = list.slice(0, -'data.pkl'.length);
    const compressed = [...places].find(([, { isCompressed }]) => isCompressed)?.[0];
    if (compressed !== undefined)
      throw damaged(path, `${compressed} in it is compressed, which torch.save does not do`);
    refuseBigEndian(file, places.get(`${root}byteorder`));
    const machine = new PickleMachine(new ByteCursor(listBytes(file, places.get(list))), path);
    const pickled = unpickle(machine);
    return weightsOfViews(file, dictionaryIn(pickled, machine.foreign, path), (key) =>
      places.get(`${root}data/${key}`),
    );
  } catch (error) {
    file.close();
    throw error;
  }
}

function listBytes(file: FileSlices, place: ZipPlace | undefined): Uint8Array {
  const { begin, bytes, crc32 } = place ?? { begin: 0, bytes: 0, crc32: 0 };
  if (bytes > largestList) throw damaged(file.path, 'the list of its tensors is larger than any');
  const list = file.bytes(begin, bytes, 'the list of its tensors');
  if (crc32 !== 0 && checksumAfter(0, list) !== crc32)
    throw corrupt(file.path, 'the list of its tensors is another than was written');
  return list;
}

function refuseBigEndian(file: FileSlices, place: ZipPlace | undefined): void {
  if (place === undefined) return;
  const order = Buffer.from(file.bytes(place.begin, Math.min(place.bytes, 16), 'byteorder')).toString('utf8');
  if (order !== 'little') throw damaged(file.path, `its values are stored ${order}-endian`);
}
