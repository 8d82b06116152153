import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { WorkbenchError } from '../foundation/errors.ts';

/** The unsigned bytes of a gzipped IDX file (the format of MNIST), with their dimensions. */
export interface IdxArray {
  dimensions: number[];
  /** In shared memory, so that the threads that prepare images read it without a copy. */
  data: Uint8Array<SharedArrayBuffer>;
}

/** Far more than any set of the format has. */
const mostBytes = 2 ** 30;

/** @throws WorkbenchError `dataset-broken` if the file is not what its header says */
export async function readIdxFile(path: string): Promise<IdxArray> {
  const content = await readFile(path)
    .then((compressed) => gunzipSync(compressed, { maxOutputLength: mostBytes }))
    .catch(() => undefined);
  const rank = content?.[3] ?? 0;
  const header = 4 + 4 * rank;
  if (
    content === undefined ||
    content.length < header ||
    content.readUInt16BE(0) !== 0 ||
    content[2] !== 0x08
  ) {
    throw brokenFile(path);
  }
  const dimensions = Array.from({ length: rank }, (_, axis) => content.readUInt32BE(4 + 4 * axis));
  const size = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (content.length !== header + size) throw brokenFile(path);
  const data = new Uint8Array(new SharedArrayBuffer(size));
  data.set(content.subarray(header));
  return { dimensions, data };
}

function brokenFile(path: string): WorkbenchError {
  return new WorkbenchError(
    'dataset-broken',
    `${path} is not a complete gzipped IDX file of bytes.`,
    'Install the workbench, or the package that the file belongs to, again.',
  );
}
