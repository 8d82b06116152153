import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ImageLibrary } from '../../../src-main/workbench/images/ImageLibrary.ts';
import { Place } from '../../hosts/cli/support.ts';

it('keeps an opened dataset for some minutes, and then sees what was added to it', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const location = await (await Place.make()).dataset();
  const library = new ImageLibrary();
  const { train, classes } = await library.dataset(location);
  const folder = join(location, 'train', classes[0] ?? '');
  const [first = ''] = readdirSync(folder);
  cpSync(join(folder, first), join(folder, `copy-${first}`));

  expect((await library.dataset(location)).train).toHaveLength(train.length);
  vi.advanceTimersByTime(5 * 60_000);
  expect((await library.dataset(location)).train).toHaveLength(train.length + 1);
});
