import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from '../../foundation/files.ts';
import { openFashionMnist } from '../fashionMnist.ts';
import { ppmFile } from '../pnm.ts';
import { renderScene, sceneSide } from './renderScene.ts';

/** What one of several threads renders: every image whose place leaves `share` when divided by `of`. */
export interface RenderShare {
  folder: string;
  share: number;
  of: number;
}

/** Training and validation scenes are drawn from seeds that never meet. */
const firstSeed = { train: 0, val: 1_000_000 };

/** Renders a share of the scenes to `train/CLASS/train-00000.ppm` and `val/CLASS/t10k-00000.ppm`. */
export async function renderShare({ folder, share, of }: RenderShare): Promise<void> {
  const garments = await openFashionMnist();
  for (const split of ['train', 'val'] as const) {
    for (const name of garments.classes) ensureFolder(join(folder, split, name));
    garments[split].forEach(({ name, source }, index) => {
      if (index % of !== share || source.kind !== 'pixels') return;
      const data = renderScene(source.data, firstSeed[split] + index);
      const scene = ppmFile({ data, width: sceneSide, height: sceneSide });
      writeFileSync(join(folder, split, `${name}.ppm`), scene);
    });
  }
}
