import { WorkbenchError } from '../foundation/errors.ts';
import { openCaffemodel } from './caffe/caffemodel.ts';
import { FileSlices } from './FileSlices.ts';
import { openKerasFile } from './kerasFile.ts';
import { openSafetensorsWeights } from './safetensorsWeights.ts';
import { openPth } from './torch/pthFile.ts';
import { damaged, type WeightsFile } from './WeightsFile.ts';

const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const zip = [0x50, 0x4b, 0x03, 0x04];
/** A pickle of protocol 2, with which torch.save began before it wrote zip archives. */
const pickle = [0x80, 0x02];
const brace = 0x7b;

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
  if (beginsWith(zip)) return await openPth(path);
  if (beginsWith(pickle)) throw oldTorch(path);
  if (beginning[8] === brace) return openSafetensorsWeights(path);
  const caffemodel = openCaffemodelIfAny(path);
  if (caffemodel) return caffemodel;
  throw unknown(path);
}

function beginningOf(path: string): Uint8Array {
  const file = new FileSlices(path);
  try {
    return file.bytes(0, Math.min(file.size, 9), 'its beginning');
  } finally {
    file.close();
  }
}

/** A Caffe file has no signature: it begins with the net's name or its first layer, and has layers with weights. */
function openCaffemodelIfAny(path: string): WeightsFile | undefined {
  const [tag] = beginningOf(path);
  if (tag !== 0x0a && tag !== 0x12) return undefined;
  const file = openCaffemodel(path);
  if (file.tensors.size > 0) return file;
  file.close();
  return undefined;
}

function oldTorch(path: string): WorkbenchError {
  return new WorkbenchError(
    'weights-unknown',
    `${path} is a file of torch.save from before PyTorch 1.6.`,
    'Load it in PyTorch and save it again, or use a safetensors file.',
  );
}

function unknown(path: string): WorkbenchError {
  return new WorkbenchError(
    'weights-unknown',
    `${path} is no weights file.`,
    'Give a .caffemodel, a .h5 of Keras, a .pth of torchvision, a safetensors file or a run.',
  );
}
