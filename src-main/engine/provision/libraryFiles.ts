import { statSync } from 'node:fs';
import { join } from 'node:path';

/** TensorFlow's libraries, as they are named in a folder of its Python package. */
export const libraryNames = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

/**
 * Headers the addon includes, directly or through others: 14 of 13,000 files, found with `g++ -M`.
 * Whole folders are taken, so that a header added to one of these does not break the build.
 */
export const headerFolders = [
  'include/tensorflow/c/',
  'include/tensorflow/core/platform/',
  'include/tsl/platform/',
  'include/xla/tsl/c/',
] as const;

/** The header that stands for all of them when a folder is examined. */
export const mainHeader = 'include/tensorflow/c/c_api.h';

/** What a folder lacks to be used as a TensorFlow library that the addon can be compiled for. */
export function missingFiles(folder: string): string[] {
  return [...libraryNames, mainHeader].filter(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() !== true,
  );
}
