import { FileSlices } from '../FileSlices.ts';
import { notRead, otherPickle } from '../otherFormats.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import { ByteCursor } from './ByteCursor.ts';
import { dictionaryIn } from './dictionary.ts';
import type { Pickled, Storage } from './pickled.ts';
import { PickleMachine } from './PickleMachine.ts';
import { storageBytes } from './tensors.ts';
import { unpickle } from './unpickle.ts';
import { weightsOfViews, type Place } from './views.ts';

/** The largest accepted beginning of a file, before the values, in bytes. A net of nineteen layers needs four thousand. */
const largestBeginning = 8 * 1024 * 1024;

/** `0x1950a86a20f9469cfc6c`, as the nearest number. */
const magicNumber = Number(0x1950a86a20f9469cfc6cn);
const knownProtocol = 1001;

/** Whether a file begins with a pickle of protocol 2, or a later one. */
export function isOldPth([opcode, protocol = 0]: Uint8Array): boolean {
  return opcode === 0x80 && protocol >= 2 && protocol <= 5;
}

/**
 * Opens a file of `torch.save` as it was before PyTorch 1.6, which torchvision still serves: five pickles (a magic
 * number, a version, the writing machine, the dictionary, the keys of the storages), then the values of each storage
 * behind their number.
 * Source: `_legacy_save` in https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
 *
 * @throws WorkbenchError `weights-not-found`, `weights-damaged`, `weights-refused`, `weights-unknown`
 */
export function openOldPth(path: string): WeightsFile {
  const file = new FileSlices(path);
  try {
    const cursor = new ByteCursor(
      file.bytes(0, Math.min(file.size, largestBeginning), 'the list of its tensors'),
    );
    const machine = new PickleMachine(cursor, path);
    if (unpickle(machine) !== magicNumber) throw notRead(path, otherPickle);
    if (unpickle(machine) !== knownProtocol) throw damaged(path, 'it is of an unknown version of torch.save');
    refuseBigEndian(unpickle(machine), path);
    const pickled = unpickle(machine);
    const places = placesOf(file, machine, cursor);
    return weightsOfViews(file, dictionaryIn(pickled, machine.foreign, path), (key) => places.get(key));
  } catch (error) {
    file.close();
    throw error;
  }
}

function refuseBigEndian(system: Pickled, path: string): void {
  if (system instanceof Map && system.get('little_endian') === false)
    throw damaged(path, 'its values are stored big-endian');
}

/** Each storage is a count of eight bytes, then its values. */
function placesOf(file: FileSlices, machine: PickleMachine, cursor: ByteCursor): Map<string, Place> {
  const keys = unpickle(machine);
  if (!Array.isArray(keys)) throw damaged(file.path, 'it does not list its storages');
  const places = new Map<string, Place>();
  let at = cursor.position;
  for (const key of keys) {
    const storage = typeof key === 'string' ? machine.storages.get(key) : undefined;
    if (storage === undefined) throw damaged(file.path, 'it lists a storage that no tensor has');
    const bytes = storage.count * sizeOf(storage, file.path);
    const count = Buffer.from(file.bytes(at, 8, 'a storage')).readBigUInt64LE();
    if (Number(count) !== storage.count || at + 8 + bytes > file.size)
      throw damaged(file.path, `it ends within storage ${storage.key}, or that is of another length`);
    places.set(storage.key, { begin: at + 8, bytes });
    at += 8 + bytes;
  }
  return places;
}

function sizeOf({ dtype }: Storage, path: string): number {
  const size = storageBytes[dtype];
  if (size === undefined) throw damaged(path, `it has values of ${dtype}, whose size is not known here`);
  return size;
}
