import { existsSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { ensureFolder, fileError, requireFolder } from '../../foundation/files.ts';
import { freeBytes } from '../../foundation/freeBytes.ts';
import { hashOfFile } from '../../foundation/hashOfFile.ts';
import { cacheHome } from '../../foundation/home.ts';
import { bytesText } from '../../vocabulary/bytes.ts';
import type { FetchProgress } from '../../vocabulary/fetchProgress.ts';
import { makeCachedFolder } from '../cachedFolder.ts';
import { archiveError } from './archiveError.ts';
import type { FetchableSet } from './catalogue.ts';
import { download, type DownloadOptions } from './download.ts';
import { placedFiles } from './layouts.ts';

export interface FetchOptions extends Omit<DownloadOptions, 'onProgress'> {
  /** The archive, where a person has it already; it stays as it is. */
  file?: string | undefined;
  onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/** Where the images of a set are once they are fetched. */
export function fetchedFolder(name: string): string {
  return join(cacheHome(), 'datasets', name);
}

/** Where an archive that was fetched by hand is looked for. */
export function downloadsFolder(): string {
  return join(cacheHome(), 'datasets', 'downloads');
}

export function isFetched(name: string): boolean {
  return existsSync(join(fetchedFolder(name), 'train'));
}

/**
 * Makes the image folder of a set: fetches its archive unless it is there, checks it, and takes the images from it.
 * What was interrupted goes on where it ended.
 *
 * @throws WorkbenchError `fetch-failed`, `checksum-mismatch`, `dataset-archive-broken`, `disk-full`, `write-failed`; the signal's reason
 */
export async function fetchSet(set: FetchableSet, options: FetchOptions = {}): Promise<void> {
  const { signal } = options;
  const own = join(downloadsFolder(), `${set.file}.part`);
  await makeCachedFolder(fetchedFolder(set.name), {
    isComplete: () => isFetched(set.name),
    fill: async (folder) => {
      const archive = archiveByHand(set, options.file) ?? (await fetchArchive(set, own, options));
      await verify(set, archive, options);
      await unpack(set, archive, folder, options);
    },
    signal,
  });
  rmSync(own, { force: true });
}

/** @throws WorkbenchError `fetch-failed` if the named file is not there */
function archiveByHand(set: FetchableSet, file: string | undefined): string | undefined {
  if (file === undefined) {
    const found = join(downloadsFolder(), set.file);
    return existsSync(found) ? found : undefined;
  }
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
  throw new WorkbenchError('fetch-failed', `There is no file ${file}.`, `Give the path of ${set.file}.`);
}

async function fetchArchive(set: FetchableSet, own: string, options: FetchOptions): Promise<string> {
  requireFolder(downloadsFolder());
  requireSpace(downloadsFolder(), set.bytes + set.unpackedBytes);
  try {
    await download(set, own, {
      ...options,
      onProgress: (done) => options.onProgress?.({ stage: 'download', done, total: set.bytes }),
    });
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== 'fetch-failed') throw error;
    throw new WorkbenchError(error.code, error.message, `${error.nextStep} ${byHandText(set)}`, {
      kind: error.kind,
      cause: error,
    });
  }
  return own;
}

/** What to do where the network does not do it. */
export function byHandText({ name, file, addresses }: FetchableSet): string {
  return `Or fetch ${addresses[0] ?? file} by hand and put it to ${join(downloadsFolder(), file)}, or give it with "npm run -s vgg -- data get ${name} --file ${file}".`;
}

function requireSpace(folder: string, bytes: number): void {
  const free = freeBytes(folder);
  if (free >= bytes) return;
  throw new WorkbenchError(
    'disk-full',
    `${bytesText(bytes)} are needed in ${folder}, where ${bytesText(free)} are free.`,
    'Free some space, or choose another cache folder with VGG_CACHE=<folder>.',
    { kind: 'failure' },
  );
}

/** A file of ours that is not the archive is removed; a person's stays. */
async function verify(
  set: FetchableSet,
  archive: string,
  { onProgress, signal }: FetchOptions,
): Promise<void> {
  const { algorithm, value } = set.checksum;
  const found = await hashOfFile(archive, {
    algorithm,
    onRead: (done) => onProgress?.({ stage: 'verify', done, total: set.bytes }),
    signal,
  });
  if (found === value) return;
  if (archive.endsWith('.part')) rmSync(archive);
  throw new WorkbenchError(
    'checksum-mismatch',
    `${archive} is not ${set.file}: its ${algorithm === 'md5' ? 'MD5' : 'SHA-256'} is ${found}, not ${value}.`,
    `Fetch it again, on a way that changes no files. ${byHandText(set)}`,
    { kind: 'failure' },
  );
}

async function unpack(
  set: FetchableSet,
  archive: string,
  folder: string,
  { onProgress, signal }: FetchOptions,
): Promise<void> {
  const images = { train: 0, val: 0 };
  const total = set.images.train + set.images.val;
  let bytes = 0;
  for await (const { place, content } of placedFiles(archive, set.layout)) {
    signal?.throwIfAborted();
    bytes += content.byteLength;
    if (bytes > set.unpackedBytes) throw archiveError(archive, 'it holds more than it should');
    const path = join(folder, place);
    ensureFolder(dirname(path));
    await writeFile(path, content).catch((error: unknown) => {
      throw fileError(error, path);
    });
    if (!place.endsWith('.txt')) images[place.startsWith('train/') ? 'train' : 'val']++;
    onProgress?.({ stage: 'unpack', done: images.train + images.val, total });
  }
  if (images.train !== set.images.train || images.val !== set.images.val) {
    throw archiveError(
      archive,
      `it holds ${images.train} + ${images.val} images, not ${set.images.train} + ${set.images.val}`,
    );
  }
}
