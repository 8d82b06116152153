import { WorkbenchError } from '../foundation/errors.ts';

/** A kind of file that is taken for one of weights, and is not read. */
interface OtherFormat {
  /** After "is". */
  what: string;
  nextStep: string;
}

const bySave = 'torch.save(model.state_dict(), path)';
const asHdf5 =
  'Load it where it was written, and save it as .h5 or .weights.h5, or its tensors as safetensors.';

const byBeginning: readonly ({ begins: string; at?: number } & OtherFormat)[] = [
  { begins: '\x93NUMPY', what: 'a NumPy array (.npy)', nextStep: asHdf5 },
  {
    begins: 'MATLAB 5.0 MAT-file',
    what: 'a file of MATLAB or MatConvNet (.mat)',
    nextStep: asHdf5,
  },
  {
    begins: 'TFL3',
    at: 4,
    what: 'a net of TensorFlow Lite (.tflite)',
    nextStep: 'Use the Keras model that it was made from.',
  },
  { begins: 'GGUF', what: 'a GGUF file', nextStep: 'Use the safetensors file that it was made from.' },
  {
    begins: 'version https://git-lfs',
    what: 'a pointer of Git LFS to the file, not the file itself',
    nextStep: 'Fetch the file itself: git lfs pull.',
  },
  {
    begins: '<',
    what: 'a web page, and not what was to be downloaded',
    nextStep: 'Open it to see what the server answered, and download the file again.',
  },
  { begins: 'BZh', what: 'compressed (bzip2)', nextStep: 'Unpack it with bunzip2.' },
  { begins: '\x1f\x8b', what: 'compressed (gzip)', nextStep: 'Unpack it with gunzip.' },
  { begins: '\xfd7zXZ', what: 'compressed (xz)', nextStep: 'Unpack it with unxz.' },
  {
    begins: 'ustar',
    at: 257,
    what: 'a tar archive',
    nextStep: 'Unpack it with tar, and give the file in it.',
  },
];

/** An ONNX file begins with the number of its version, then a text: who wrote it, a note, or its operators. */
function isOnnx([field, version = 0, next = 0]: Uint8Array): boolean {
  return field === 0x08 && version > 1 && version < 0x20 && [0x12, 0x1a, 0x22, 0x32, 0x3a].includes(next);
}

const onnx: OtherFormat = {
  what: 'a net of ONNX (.onnx)',
  nextStep: 'Use the file of weights that it was made from.',
};

/** For a pickle of anything but `torch.save`. */
export const otherPickle: OtherFormat = {
  what: 'a pickle that torch.save did not write. Nothing of it was executed',
  nextStep: `Load it where it was written, and save its tensors as safetensors, or by ${bySave}.`,
};

/** The format of a file that begins so, if it is one that is known and not read. */
export function otherFormat(beginning: Uint8Array): OtherFormat | undefined {
  const text = Buffer.from(beginning).toString('latin1');
  if (isOnnx(beginning)) return onnx;
  return byBeginning.find(({ begins, at = 0 }) => text.startsWith(begins, at));
}

/** The same for a zip archive, by the names in it. */
export function otherArchive(names: readonly string[]): OtherFormat | undefined {
  if (names.some((name) => name.endsWith('constants.pkl') || /(?:^|\/)code\//.test(name)))
    return {
      what: 'a TorchScript file, which holds a program',
      nextStep: `Save its weights in PyTorch: model = torch.jit.load(path), then ${bySave}.`,
    };
  if (names.length > 0 && names.every((name) => name.endsWith('.npy')))
    return { what: 'an archive of NumPy arrays (.npz)', nextStep: asHdf5 };
  if (names.includes('manifest.json'))
    return {
      what: 'an archive of runs',
      nextStep: 'Take it in with npm run -s vgg -- runs import, and name its run.',
    };
  return undefined;
}

export function notRead(path: string, { what, nextStep }: OtherFormat): WorkbenchError {
  return new WorkbenchError('weights-unknown', `${path} is ${what}.`, nextStep);
}
