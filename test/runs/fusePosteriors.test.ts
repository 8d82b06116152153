import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';
import { writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { writeKeptPosteriors, type ScoredSet } from '../../src-main/runs/folder/keptPosteriors.ts';
import { fusePosteriors } from '../../src-main/runs/fusePosteriors.ts';
import { codeOfAsync } from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const set: ScoredSet = {
  fingerprint: 'f1',
  dataset: 'animals',
  classes: ['cat', 'dog', 'eel'],
  images: ['cat/1.png', 'dog/1.png', 'eel/1.png', 'eel/2.png'],
  labels: [0, 1, 2, 2],
};

function part(run: string, posteriors: number[], changes: Partial<ScoredSet> = {}) {
  const path = join(temporaryFolder(), `${run}.safetensors`);
  writeKeptPosteriors(path, Float32Array.from(posteriors), { ...set, ...changes });
  return { run, path };
}

/** Right, right, wrong, wrong. */
const one = [0.9, 0.1, 0, 0.2, 0.8, 0, 0.5, 0.1, 0.4, 0.75, 0, 0.25];
/** Right, wrong, right, wrong. */
const other = [0.6, 0.4, 0, 0.7, 0.3, 0, 0.1, 0.2, 0.7, 0.25, 0.5, 0.25];

it('takes the mean of the posteriors, by hand', async () => {
  // Means: .75 .25 0 | .45 .55 0 | .3 .15 .55 | .5 .25 .25: right, right, right, wrong.
  const { errors: fused } = await fusePosteriors([part('one', one), part('other', other)]);
  expect(fused).toEqual({ top1Error: 25, top5Error: 0, images: 4, dataset: 'animals' });
});

it('reads more images than are in memory at once', async () => {
  const count = 2500;
  const posteriors = Array.from({ length: count }, (_, image) =>
    image % 5 === 0 ? [0.4, 0.6] : [0.7, 0.3],
  ).flat();
  const many = {
    classes: ['cat', 'dog'],
    images: Array.from({ length: count }, (_, image) => `cat/${image}.png`),
    labels: Array<number>(count).fill(0),
  };
  const { errors: fused } = await fusePosteriors([
    part('one', posteriors, many),
    part('other', posteriors, many),
  ]);
  expect(fused).toMatchObject({ top1Error: 20, images: count });
});

it.runIf(existsSync('/proc/self/fd'))(
  'closes what it has opened where one of the files is none',
  async () => {
    const strange = join(temporaryFolder(), 'strange.safetensors');
    writeSafetensors(strange, [], { dataset: 'animals' });
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const before = openFiles();
    const refused = fusePosteriors([part('one', one), { run: 'other', path: strange }]);
    expect(await codeOfAsync(refused)).toBe('posteriors-unreadable');
    expect(openFiles()).toBe(before);
  },
);

it.each([
  ['other images', { fingerprint: 'f2' }, one, '4 images of animals and 4 other images of animals'],
  ['other classes', { fingerprint: 'f2', classes: ['cat', 'dog', 'fox'] }, one, 'only the first has eel'],
  ['another number of outputs', {}, [...one, ...one.slice(0, 4)], '3 and 4 outputs'],
] as const)('refuses %s', async (_, changes, posteriors, fact) => {
  const parts = [part('one', one), part('other', [...posteriors], { ...changes } as Partial<ScoredSet>)];
  const refused = await fusePosteriors(parts).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WorkbenchError);
  expect(refused).toMatchObject({
    code: 'fusion-mismatch',
    message: expect.stringContaining(fact) as unknown,
  });
});

it.each([[NaN], [Infinity], [-0.1], [7]])('refuses a posterior of %d, and names its image', async (value) => {
  const strange = other.with(7, value);
  await expect(fusePosteriors([part('one', one), part('other', strange)])).rejects.toMatchObject({
    code: 'posteriors-unreadable',
    message: expect.stringContaining('eel/1.png') as unknown,
  });
});

it('refuses a label beyond the classes, and a file whose bytes changed', async () => {
  const beyond = part('other', other, { labels: [0, 1, 2, 100_000] });
  expect(await codeOfAsync(fusePosteriors([part('one', one), beyond]))).toBe('posteriors-unreadable');
  const changed = part('other', other);
  const bytes = readFileSync(changed.path);
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  writeFileSync(changed.path, bytes);
  expect(await codeOfAsync(fusePosteriors([part('one', one), changed]))).toBe('weights-corrupt');
});
