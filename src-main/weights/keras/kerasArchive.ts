import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type ZipFile } from 'yauzl';
import { checksumAfter, corrupt } from '../../foundation/checksums.ts';
import { fileError } from '../../foundation/files.ts';
import { WorkbenchError } from '../../foundation/errors.ts';
import { damaged, type WeightsFile } from '../WeightsFile.ts';
import type { ZipPlace } from '../zipPlaces.ts';
import { openKerasFile } from './kerasFile.ts';
import { modelNotes } from './modelConfig.ts';

const weightsName = 'model.weights.h5';
const descriptionName = 'config.json';

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
    await inArchive(path, weightsName, (content) => copied(content, copy));
    const description: Buffer[] = [];
    await inArchive(path, descriptionName, (content) => gathered(content, description));
    const file = await openKerasFile(copy);
    return {
      ...file,
      path,
      notes: modelNotes(Buffer.concat(description).toString('utf8')),
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

/** @param take reads the content of the entry, and answers with its CRC-32, which yauzl does not compare */
async function inArchive(
  path: string,
  name: string,
  take: (content: Readable) => Promise<number>,
): Promise<void> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of archive.eachEntry()) {
      if (entry.fileName !== name) continue;
      const checksum = await take(await contentOf(archive, entry, path));
      if (checksum !== entry.crc32) throw corrupt(path, `${name} in it is another than was written`);
      return;
    }
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const isOfDisk = error instanceof Error && 'syscall' in error && error.syscall === 'write';
    throw isOfDisk ? fileError(error, name) : damaged(path, `${name} in it cannot be read`, error);
  } finally {
    archive.close();
  }
}

async function copied(content: Readable, target: string): Promise<number> {
  let checksum = 0;
  const watched = async function* (parts: AsyncIterable<Buffer>) {
    for await (const part of parts) {
      checksum = checksumAfter(checksum, part);
      yield part;
    }
  };
  await pipeline(content, watched, createWriteStream(target));
  return checksum;
}

async function gathered(content: AsyncIterable<Buffer>, into: Buffer[]): Promise<number> {
  for await (const part of content) into.push(part);
  return checksumAfter(0, Buffer.concat(into));
}

/** Weights hardly compress; a file that expands tenfold is meant to fill a disk. */
const maxGrowth = 10;
const bytesThatMayGrow = 1e6;
/** Of a model of nineteen layers, its description has twenty thousand. */
const longestDescription = 1e7;

function contentOf(archive: ZipFile, entry: Parameters<ZipFile['openReadStreamPromise']>[0], path: string) {
  const { uncompressedSize: bytes } = entry;
  if (
    bytes > bytesThatMayGrow + maxGrowth * entry.compressedSize ||
    (entry.fileName === descriptionName && bytes > longestDescription)
  )
    throw damaged(path, `${entry.fileName} in it would unpack to ${bytes} bytes`);
  return archive.openReadStreamPromise(entry);
}
