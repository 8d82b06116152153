import { WorkbenchError } from '../foundation/errors.ts';
import { openCaffemodel } from './caffe/caffemodel.ts';
import { FileSlices } from './FileSlices.ts';
import { isKerasArchive, openKerasArchive } from './keras/kerasArchive.ts';
import { openKerasFile } from './keras/kerasFile.ts';
import { notRead, otherArchive, otherFormat } from './otherFormats.ts';
import { openSafetensorsWeights } from './safetensorsWeights.ts';
import { isOldPth, openOldPth } from './torch/oldPth.ts';
import { isPth, openPth } from './torch/pthFile.ts';
import { damaged, type WeightsFile } from './WeightsFile.ts';
import { zipPlaces } from './zipPlaces.ts';

const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const zip = [0x50, 0x4b, 0x03, 0x04];
const brace = 0x7b;
/** Of a file, enough to tell its format. */
const beginningBytes = 512;

/**
 * Opens a weights file. The format is recognised by the file's first bytes, whatever its name.
 *
 * @throws WorkbenchError `weights-not-found`, `weights-unknown` for anything that is not a weights file,
 *   `weights-damaged`, `weights-refused`
 */
export async function openWeights(path: string): Promise<WeightsFile> {
  const beginning = beginningOf(path);
  const beginsWith = (bytes: readonly number[]) => bytes.every((byte, index) => beginning[index] === byte);
  if (beginning.length === 0) throw damaged(path, 'it is empty');
  if (beginsWith(hdf5)) return await openKerasFile(path);
  if (beginsWith(zip)) return await openZip(path);
  if (isOldPth(beginning)) return openOldPth(path);
  if (beginning[8] === brace) return openSafetensorsWeights(path);
  const other = otherFormat(beginning);
  if (other) throw notRead(path, other);
  const caffemodel = openCaffemodelIfAny(path, beginning);
  if (caffemodel) return caffemodel;
  throw unknown(path);
}

function beginningOf(path: string): Uint8Array {
  const file = new FileSlices(path);
  try {
    return file.bytes(0, Math.min(file.size, beginningBytes), 'its beginning');
  } finally {
    file.close();
  }
}

/** A zip archive is one of PyTorch or of Keras, by what is in it. */
async function openZip(path: string): Promise<WeightsFile> {
  const places = await zipPlaces(path);
  const other = otherArchive([...places.keys()]);
  if (other) throw notRead(path, other);
  if (isPth(places)) return openPth(path, places);
  if (isKerasArchive(places)) return await openKerasArchive(path);
  throw unknown(path);
}

/** A Caffe file has no signature: it begins with the net's name or its first layer, and has layers with weights. */
function openCaffemodelIfAny(path: string, [tag]: Uint8Array): WeightsFile | undefined {
  if (tag !== 0x0a && tag !== 0x12) return undefined;
  const file = openCaffemodel(path);
  if (file.tensors.size > 0) return file;
  file.close();
  return undefined;
}

function unknown(path: string): WorkbenchError {
  return new WorkbenchError(
    'weights-unknown',
    `${path} is no weights file.`,
    'Give a .caffemodel, a .h5 or .keras of Keras, a .pth of PyTorch, a safetensors file or a run.',
  );
}
