import type { ImageReference } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { askAgain } from '../../api/askAgain.ts';

const maxKept = 600;
const kept = new Map<string, Promise<string>>();

/**
 * The URL of a small picture of an image, asked for once. Of those least lately asked for, the pictures are given up.
 *
 * @param side smallest side, in pixels
 */
export function thumbnailUrl(image: ImageReference, side: number): Promise<string> {
  const key = JSON.stringify([image, side]);
  const url =
    kept.get(key) ??
    askAgain(() => api.insight.thumbnail({ image, side })).then((png) => URL.createObjectURL(png));
  kept.delete(key);
  kept.set(key, url);
  url.catch(() => kept.delete(key));
  for (const [oldest, given] of [...kept].slice(0, -maxKept)) {
    kept.delete(oldest);
    void given.then((unused) => {
      URL.revokeObjectURL(unused);
    });
  }
  return url;
}
