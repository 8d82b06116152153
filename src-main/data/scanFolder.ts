import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Finding } from './findings.ts';
import { timesOf, type FileTimes } from './imageFile.ts';
import { inParallel } from './inParallel.ts';

/** Formats that can be opened, and others that are clearly meant as images, so that they are not silently ignored. */
const imageExtensions = new Set(
  'jpg jpeg jpe jfif png webp gif tif tiff avif bmp dib ppm pgm pbm pnm heic heif jp2 jxl'
    .split(' ')
    .map((name) => `.${name}`),
);

export interface ImageFile {
  file: string;
  path: string;
  bytes: number;
  /** Undefined if the file could not be examined. */
  times: FileTimes | undefined;
}

/** The names of the images in a folder, in a fixed order, and findings about the other files there. */
export interface FolderScan {
  images: ImageFile[];
  findings: Finding[];
}

/** Folders that file servers, systems and programs put anywhere, in small letters. None is meant as a class. */
const foreignFolders = new Set([
  '@eadir',
  '#recycle',
  '#snapshot',
  '@recycle',
  '@recently-snapshot',
  '@tmp',
  '__macosx',
  '__pycache__',
  '$recycle.bin',
  'found.000',
  'lost+found',
  'network trash folder',
  'system volume information',
  'temporary items',
]);

/**
 * Entries of a folder, sorted by name; links are followed. Without hidden ones (`.DS_Store`, `._photo.jpg`,
 * `.ipynb_checkpoints`) and folders that systems put there.
 */
export async function visibleEntries(folder: string): Promise<{ folders: string[]; others: Dirent[] }> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !name.startsWith('.') && !foreignFolders.has(name.toLowerCase()),
  );
  entries.sort((a, b) => compareNames(a.name, b.name));
  const isFolder = await inParallel(entries, 8, async (entry) =>
    entry.isSymbolicLink() && !isImageName(entry.name)
      ? await stat(join(folder, entry.name)).then(
          (target) => target.isDirectory(),
          () => false,
        )
      : entry.isDirectory(),
  );
  return {
    folders: entries.filter((_, index) => isFolder[index]).map((entry) => entry.name),
    others: entries.filter((_, index) => !isFolder[index]),
  };
}

/** The images directly in a folder. A file that cannot be examined stays in the list: the check will name it. */
export async function scanImages(
  folder: string,
  split: Finding['split'],
  prefix: string,
): Promise<FolderScan> {
  const { folders, others } = await visibleEntries(folder);
  const findings: Finding[] = folders.map((name) => ({
    code: 'not-a-file',
    severity: 'note',
    split,
    subject: prefix + name,
    fact: 'A folder among the images; what lies in it is not read.',
  }));
  const images = await inParallel(others, 16, async ({ name }): Promise<ImageFile | Finding> => {
    if (!isImageName(name)) {
      return {
        code: 'not-an-image',
        severity: 'note',
        split,
        subject: prefix + name,
        fact: 'Not an image by its name; not read.',
      };
    }
    const path = `${folder}/${name}`;
    const facts = await stat(path).catch(() => null);
    if (facts !== null && !facts.isFile()) {
      return {
        code: 'not-a-file',
        severity: 'note',
        split,
        subject: prefix + name,
        fact: 'Not a file; not read.',
      };
    }
    return { file: name, path, bytes: facts?.size ?? 0, times: facts ? timesOf(facts) : undefined };
  });
  return {
    images: images.filter((entry) => 'path' in entry),
    findings: [...findings, ...images.filter((entry) => 'code' in entry)],
  };
}

/** By code unit, so that the order of classes is the same on every machine and locale. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isImageName(name: string): boolean {
  return imageExtensions.has(extname(name).toLowerCase());
}
