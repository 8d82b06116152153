import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { z } from 'zod';
import { isWithin, zipFault } from '../../foundation/soundZip.ts';
import { damaged, foreign, newer, unsafe } from './errors.ts';
import {
  archiveHeadSchema,
  archiveVersion,
  isArchivePath,
  manifestName,
  manifestSchema,
  type ManifestFile,
} from './manifest.ts';

const maxEntries = 100_000;
const maxManifestBytes = 64e6;
/** Logs compress to a fifth, or a tenth at best; a file that expands a thousandfold is meant to fill a disk. */
const maxGrowth = 200;
const bytesThatMayGrow = 1e6;

const linkType = 0o12;

/** An archive open for reading, its directory and manifest checked to be complete, safe and in agreement. */
export class ArchiveReader {
  readonly path: string;
  readonly files: readonly ManifestFile[];
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    path: string,
    zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
    files: readonly ManifestFile[],
  ) {
    this.path = path;
    this.#zip = zip;
    this.#entries = entries;
    this.files = files;
  }

  /** @throws WorkbenchError `archive-foreign`, `archive-damaged`, `archive-unsafe`, `archive-too-new` */
  static async open(path: string): Promise<ArchiveReader> {
    const zip = await openZip(path);
    try {
      const entries = await readDirectory(path, zip);
      const files = await readManifest(path, zip, entries);
      requireSame(path, entries, files);
      return new ArchiveReader(path, zip, entries, files);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** The content of a file. @throws WorkbenchError `archive-damaged`, also if it has more or fewer bytes than listed */
  async *read({ path }: ManifestFile): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.#entries.get(path);
    if (!entry) throw new Error(`${path} was checked to be there.`);
    yield* contentOf(this.path, this.#zip, entry);
  }

  close(): void {
    this.#zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  // A pipe would be waited for as long as nobody writes into it.
  if (!statSync(path).isFile()) throw foreign(path);
  const fault = zipFault(path);
  if (fault !== undefined) throw damaged(path, `its ${fault}`);
  try {
    return await openPromise(path, { autoClose: false, strictFileNames: true });
  } catch (error) {
    throw beginsAsZip(path) ? damaged(path, 'it is cut short', error) : foreign(path, error);
  }
}

/** Whether a file starts like a zip file. Its directory is at the end, but the first file's mark is at the start. */
function beginsAsZip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const begin = Buffer.alloc(4);
    readSync(file, begin);
    return begin.equals(Buffer.from('PK\x03\x04', 'latin1'));
  } finally {
    closeSync(file);
  }
}

async function* contentOf(path: string, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, undefined> {
  try {
    const chunks: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    yield* chunks;
  } catch (error) {
    throw damaged(path, `${entry.fileName} cannot be read`, error);
  }
}

async function readDirectory(path: string, zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > maxEntries) throw unsafe(path, `it holds ${zip.entryCount} files`);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      if (entries.has(fileName)) throw unsafe(path, `${fileName} is in it twice`);
      if (entry.externalFileAttributes >>> 28 === linkType) throw unsafe(path, `${fileName} is a link`);
      if (entry.isEncrypted()) throw damaged(path, `${fileName} is encrypted`);
      if (!isWithin(entry, zip.fileSize)) throw damaged(path, `${fileName} lies outside the file`);
      if (entry.uncompressedSize > bytesThatMayGrow + maxGrowth * entry.compressedSize)
        throw unsafe(path, `${fileName} would unpack to ${entry.uncompressedSize} bytes`);
      entries.set(fileName, entry);
    }
  } catch (error) {
    throw asArchiveError(path, error);
  }
  return entries;
}

/** Converts errors of the zip library, which itself refuses names that lead out of a folder. */
function asArchiveError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'WorkbenchError') return error;
  const leadsOut = /^(absolute path|invalid relative path|invalid characters in fileName)/.test(
    error.message,
  );
  return leadsOut ? unsafe(path, error.message, error) : damaged(path, error.message, error);
}

async function readManifest(
  path: string,
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
): Promise<readonly ManifestFile[]> {
  const entry = entries.get(manifestName);
  if (!entry || entry.uncompressedSize > maxManifestBytes) throw foreign(path);
  const content = parsed(path, await text(contentOf(path, zip, entry)));
  const head = archiveHeadSchema.safeParse(content).data;
  if (!head) throw foreign(path);
  if (head.version > archiveVersion) {
    const { data } = z.object({ workbench: z.string() }).safeParse(content);
    throw newer(path, data?.workbench ?? '');
  }
  const manifest = manifestSchema.safeParse(content);
  if (!manifest.success) throw damaged(path, `its ${manifestName} is incomplete`, manifest.error);
  return manifest.data.files;
}

function parsed(path: string, manifest: string): unknown {
  try {
    return JSON.parse(manifest);
  } catch (error) {
    throw damaged(path, `its ${manifestName} is no JSON`, error);
  }
}

/** Checks that the manifest lists every file and no other, and that each has the listed length. */
function requireSame(
  path: string,
  entries: ReadonlyMap<string, Entry>,
  files: readonly ManifestFile[],
): void {
  const listed = new Set<string>();
  // On file systems that ignore case, two such names would be one file.
  const folded = new Set<string>();
  for (const file of files) {
    if (!isArchivePath(file.path)) throw unsafe(path, `${file.path} is no place of an archive`);
    if (folded.has(file.path.toLowerCase())) throw unsafe(path, `${file.path} is listed twice`);
    listed.add(file.path);
    folded.add(file.path.toLowerCase());
    const entry = entries.get(file.path);
    if (!entry) throw damaged(path, `${file.path} is missing in it`);
    if (entry.uncompressedSize !== file.bytes)
      throw damaged(path, `${file.path} has ${entry.uncompressedSize} bytes in place of ${file.bytes}`);
  }
  for (const name of entries.keys()) {
    if (name !== manifestName && !listed.has(name))
      throw unsafe(path, `${name} is not listed in its ${manifestName}`);
  }
}
