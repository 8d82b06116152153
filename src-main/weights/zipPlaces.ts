import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { WorkbenchError } from '../foundation/errors.ts';
import { isWithin, zipFault } from '../foundation/soundZip.ts';
import { damaged } from './WeightsFile.ts';

const maxEntries = 100_000;

/** Where the content of an entry of a zip archive lies in the file. */
export interface ZipPlace {
  begin: number;
  /** As stored: of a compressed entry, fewer than it has. */
  bytes: number;
  isCompressed: boolean;
  /** Of its content; 0 where the writer left it out, as PyTorch can be made to. */
  crc32: number;
}

/**
 * Where the entries of a zip archive lie, by name.
 *
 * @throws WorkbenchError `weights-damaged`
 */
export async function zipPlaces(path: string): Promise<Map<string, ZipPlace>> {
  const fault = zipFault(path);
  if (fault !== undefined) throw damaged(path, `its ${fault}`);
  try {
    const archive = await openPromise(path, { lazyEntries: true, autoClose: false });
    try {
      const places = new Map<string, ZipPlace>();
      for await (const entry of archive.eachEntry()) {
        places.set(entry.fileName, await placeOf(archive, entry, path));
        if (places.size > maxEntries) throw damaged(path, `it has more than ${maxEntries} entries`);
      }
      return places;
    } finally {
      archive.close();
    }
  } catch (error) {
    throw error instanceof WorkbenchError ? error : damaged(path, 'it is no complete zip archive', error);
  }
}

async function placeOf(archive: ZipFile, entry: Entry, path: string): Promise<ZipPlace> {
  const { compressionMethod, compressedSize: bytes, crc32, fileName } = entry;
  if (entry.isEncrypted()) throw damaged(path, `${fileName} in it is encrypted`);
  if (!isWithin(entry, archive.fileSize)) throw damaged(path, `${fileName} in it lies outside the file`);
  const { fileDataStart: begin } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
  return { begin, bytes, isCompressed: compressionMethod !== 0, crc32 };
}
