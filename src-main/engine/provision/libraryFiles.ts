import { statSync } from 'node:fs';
import { join } from 'node:path';

/** TensorFlow's libraries, as they are named in the folder of its Python package. */
export const libraryNames: readonly string[] =
  process.platform === 'darwin'
    ? ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib']
    : ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * The folders of the headers the addon includes, directly or through others: 14 of 13,000, found with `g++ -M`.
 * Whole folders are extracted, so that the build does not break if they get one more header.
 */
const headerFolders = [
  'include/tensorflow/c/',
  'include/tensorflow/core/platform/',
  'include/tsl/platform/',
  'include/xla/tsl/c/',
];

/** The only header looked for when a folder is examined; it represents the others. */
const mainHeader = 'include/tensorflow/c/c_api.h';

/** The files that a folder lacks to be a TensorFlow library that the addon can be compiled for. */
export function missingFiles(folder: string): string[] {
  return [...libraryNames, mainHeader].filter(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() !== true,
  );
}

/** Whether a file of TensorFlow's wheel, or of one of CUDA's, is needed to compile or to run. */
export function isNeeded(name: string): boolean {
  if (/^nvidia\/[^/]+\/lib\/[^/]+\.so[.\d]*$/.test(name)) return true;
  const inside = name.startsWith('tensorflow/') ? name.slice('tensorflow/'.length) : '';
  return libraryNames.includes(inside) || headerFolders.some((folder) => inside.startsWith(folder));
}
