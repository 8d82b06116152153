import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFashionMnist } from '../../../src-main/data/fashionMnist.ts';
import { openImageFolder } from '../../../src-main/data/imageFolder.ts';
import { renderShare } from '../../../src-main/data/scenes/renderShare.ts';
import { temporaryFolder } from '../imageFiles.ts';

it('writes the same image folder, whichever threads render it', async () => {
  const [one, two] = [join(temporaryFolder(), 'one'), join(temporaryFolder(), 'two')];
  await renderShare({ folder: one, share: 3, of: 500 });
  await renderShare({ folder: two, share: 3, of: 1000 });
  await renderShare({ folder: two, share: 503, of: 1000 });
  const rendered = await openImageFolder(one, one);
  expect([rendered.train.length, rendered.val.length]).toEqual([20, 4]);
  expect(rendered.structure.filter(({ severity }) => severity === 'error')).toEqual([]);
  const garments = await openFashionMnist();
  const third = garments.train[3];
  expect(rendered.train.find(({ name }) => name === `${third?.name}.ppm`)?.label).toBe(
    rendered.classes.indexOf(garments.classes[third?.label ?? 0] ?? ''),
  );
  const filesOf = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length))
      .sort();
  expect(filesOf(one)).toHaveLength(24);
  expect(filesOf(two)).toEqual(filesOf(one));
  for (const file of filesOf(one))
    expect(readFileSync(join(two, file)).equals(readFileSync(join(one, file))), file).toBe(true);
});
