import { expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { performHere } from './performHere.ts';

/** Net E on 4,096 images at once keeps some 460 MB of each, by the layers of Table 1: more than any machine that runs tests has. */
const large = ['network.crop=224', 'network.width=1', 'training.batch=4096', 'training.microBatch=null'];

it('starts no run and no study that needs more memory than there is, unless somebody says so', async () => {
  for (const words of [
    ['train', '--config', 'E', '--data', 'fashion-mnist-small', ...large],
    ['reproduce', '--data', 'fashion-mnist-small', ...large],
    ['study', 'width-depth', '--data', 'fashion-mnist-small', ...large],
  ]) {
    const folder = temporaryFolder();
    const environment = { VGG_HOME: folder, VGG_TENSORFLOW: '' };
    const { code, stdout, stderr } = await performHere({ folder, environment }, [...words, '--json']);
    expect(code, `${words.join(' ')}\n${stderr}`).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain('beyond-memory');
    const list = await performHere({ folder, environment }, ['runs', '--json']);
    expect(JSON.parse(list.stdout)).toEqual([]);
  }
});
