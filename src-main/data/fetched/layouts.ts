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
 * @throws WorkbenchError `dataset-archive-broken`
 */
export async function* placedFiles(archive: string, layout: ArchiveLayout): AsyncGenerator<PlacedFile> {
  if (layout === 'cifar-10' || layout === 'cifar-100') {
    yield* cifarImages(archive, layout);
    return;
  }
  for await (const entry of entriesOf(archive)) {
    const place = placings[layout](entry.name);
    if (place !== null && entry.bytes <= mostBytes) yield { place, content: await contentOf(entry) };
  }
}
