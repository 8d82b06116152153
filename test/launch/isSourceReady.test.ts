import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSourceReady } from '../../src-main/launch/node/isSourceReady.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { anEvent } from './examples.ts';

/** Of the five bytes `abcde`, as sha256sum says. */
const sha256 = '36bbe50ed96841d10443bcb670d6554f0a34b761be67ec9c4a8ad2c0c44ca42c';

function aSource() {
  const folder = temporaryFolder();
  const source = {
    run: 'a',
    weights: join(folder, 'best'),
    events: join(folder, 'events.jsonl'),
    sha256: null,
  };
  writeFileSync(source.weights, 'abcde');
  const tell = (event: object) => {
    appendFileSync(source.events, `${JSON.stringify(event)}\n`);
  };
  tell(anEvent('attempt'));
  return { source, tell };
}

it('is not before it says that it is finished, whatever weights lie there', async () => {
  const { source, tell } = aSource();
  expect(await isSourceReady(source)).toBe(false);
  tell({ ...anEvent('finished'), sha256 });
  expect(await isSourceReady(source)).toBe(true);
});

it('is refused if its weights are others than those it finished with', async () => {
  const { source, tell } = aSource();
  tell({ ...anEvent('finished'), sha256 });
  writeFileSync(source.weights, 'abcdf');
  await expect(isSourceReady(source)).rejects.toMatchObject({ code: 'source-changed' });
  const { source: known } = aSource();
  await expect(isSourceReady({ ...known, events: null, sha256: '0' })).rejects.toMatchObject({
    code: 'source-changed',
  });
});
