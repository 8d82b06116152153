import type { ImageReference } from '../../../src-main/workbench/contract.ts';

/*
 * An image in an address: `image=val:CLASS/FILE` with `dataset=LOCATION`, `image=file:PATH`, `image=upload:ID`.
 */

/** The parameters `image` and `dataset` of an image; the latter is empty for images of no dataset. */
export function imageParameters(image: ImageReference): { image: string; dataset: string } {
  switch (image.kind) {
    case 'dataset':
      return { image: `${image.split}:${image.name}`, dataset: image.dataset };
    case 'file':
      return { image: `file:${image.path}`, dataset: '' };
    case 'upload':
      return { image: `upload:${image.id}`, dataset: '' };
  }
}

/** The image that the parameters name; null if they name none. */
export function imageFromParameters(image: string, dataset: string): ImageReference | null {
  const colon = image.indexOf(':');
  const kind = image.slice(0, Math.max(0, colon));
  const rest = image.slice(colon + 1);
  if (rest === '') return null;
  if (kind === 'file') return { kind, path: rest };
  if (kind === 'upload') return { kind, id: rest };
  if (kind !== 'train' && kind !== 'val') return null;
  return { kind: 'dataset', dataset, split: kind, name: rest };
}

/** The address of the feature maps that a run's checkpoint makes of an image. */
export function mapsAddress(runId: string, image: ImageReference, checkpoint = 'best'): string {
  const { dataset, ...rest } = imageParameters(image);
  const query = new URLSearchParams({ checkpoint, ...rest, ...(dataset === '' ? {} : { dataset }) });
  return `#/maps/${encodeURIComponent(runId)}?${query.toString()}`;
}

/** What an image is called where there is little room. */
export function imageName(image: ImageReference): string {
  if (image.kind === 'dataset') return image.name;
  return image.kind === 'file' ? (image.path.split(/[/\\]/).at(-1) ?? image.path) : 'image that was sent';
}
