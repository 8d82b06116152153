import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise, type ZipFile } from 'yauzl';
import { fileError } from '../../foundation/files.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import type { ZipPlace } from '../zipPlaces.ts';
import { openKerasFile } from './kerasFile.ts';

const weightsName = 'model.weights.h5';

/** Whether a zip archive is a `.keras` file of Keras 3. */
export function isKerasArchive(places: ReadonlyMap<string, ZipPlace>): boolean {
  return places.has(weightsName);
}

/**
 * Opens the weights in a `.keras` file. The HDF5 library reads files only, so they are copied to a temporary one, which
 * is gone once the weights are closed.
 *
 * @throws WorkbenchError those of {@link openKerasFile}, `disk-full`, `write-failed`
 */
export async function openKerasArchive(path: string): Promise<WeightsFile> {
  const folder = mkdtempSync(join(tmpdir(), 'vgg-keras-'));
  const drop = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const copy = join(folder, weightsName);
    await extract(path, copy);
    const file = await openKerasFile(copy);
    return {
      ...file,
      path,
      close: () => {
        file.close();
        drop();
      },
    };
  } catch (error) {
    drop();
    throw error;
  }
}

async function extract(path: string, target: string): Promise<void> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName !== weightsName) continue;
      await pipeline(await contentOf(archive, entry, path), createWriteStream(target));
      return;
    }
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const isOfDisk = error instanceof Error && 'syscall' in error && error.syscall === 'write';
    throw isOfDisk ? fileError(error, target) : damaged(path, `${weightsName} in it cannot be read`, error);
  } finally {
    archive.close();
  }
}

/** Weights hardly compress; a file that expands tenfold is meant to fill a disk. */
const maxGrowth = 10;
const bytesThatMayGrow = 1e6;

function contentOf(archive: ZipFile, entry: Parameters<ZipFile['openReadStreamPromise']>[0], path: string) {
  if (entry.uncompressedSize > bytesThatMayGrow + maxGrowth * entry.compressedSize)
    throw damaged(path, `${weightsName} in it would unpack to ${entry.uncompressedSize} bytes`);
  return archive.openReadStreamPromise(entry);
}
