import { WorkbenchError } from '../../foundation/errors.ts';
import { archiveError } from './archiveError.ts';
import type { ArchiveLayout } from './catalogue.ts';
import { cifarImages } from './cifar.ts';
import { entriesOf } from './entries.ts';
import { contentOf } from './entry.ts';
import type { PlacedFile } from './PlacedFile.ts';

/** Where a file of an archive goes; null for one that is not taken. The places are made of harmless characters alone. */
type Placing = (name: string) => string | null;

const placings: Record<'imagenette' | 'eurosat' | 'tiny-imagenet', Placing> = {
  imagenette: (name) => /^imagenette2-\d+\/((?:train|val)\/n\d{8}\/\w+\.JPEG)$/.exec(name)?.[1] ?? null,
  eurosat: (name) => {
    const [, kind, file, number] = /^2750\/([A-Za-z]+)\/([A-Za-z]+_(\d+)\.jpg)$/.exec(name) ?? [];
    // Its makers do not divide it.
    return kind && file ? `${Number(number) % 5 === 0 ? 'val' : 'train'}/${kind}/${file}` : null;
  },
  'tiny-imagenet': (name) =>
    /^tiny-imagenet-200\/(train\/n\d{8}\/images\/\w+\.JPEG|val\/images\/\w+\.JPEG|val\/val_annotations\.txt)$/.exec(
      name,
    )?.[1] ?? null,
};

/** An image has less. */
const mostBytes = 2 ** 24;

/**
 * The files of the image folder that an archive is made into.
 *
 * @throws WorkbenchError `dataset-archive-broken`; Error of the file system
 */
export async function* placedFiles(archive: string, layout: ArchiveLayout): AsyncGenerator<PlacedFile> {
  try {
    yield* layout === 'cifar-10' || layout === 'cifar-100'
      ? cifarImages(archive, layout)
      : images(archive, placings[layout]);
  } catch (error) {
    // Whatever tar, zip and the decompression object to, where it is found.
    if (error instanceof WorkbenchError || (error instanceof Error && 'syscall' in error)) throw error;
    throw archiveError(archive, error instanceof Error ? error.message : 'it cannot be read', error);
  }
}

async function* images(archive: string, placing: Placing): AsyncGenerator<PlacedFile> {
  for await (const entry of entriesOf(archive)) {
    const place = placing(entry.name);
    if (place !== null && entry.bytes <= mostBytes) yield { place, content: await contentOf(entry) };
  }
}
