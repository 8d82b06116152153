import { bytesText } from './bytes.ts';
import { countText } from './counts.ts';

/** How far a dataset is on its way: bytes of its archive, or images that were taken from it. */
export interface FetchProgress {
  stage: 'download' | 'verify' | 'unpack';
  done: number;
  total: number;
}

export function fetchText({ stage, done, total }: FetchProgress): string {
  switch (stage) {
    case 'download':
      return `${bytesText(done)} of ${bytesText(total)} are here`;
    case 'verify':
      return `Checking the archive: ${bytesText(done)} of ${bytesText(total)}`;
    case 'unpack':
      return `Unpacking: ${countText(done)} of ${countText(total)} images`;
  }
}
