import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorRates, rankOfLabel } from '../../src-main/evaluation/errors.ts';
import { scoredImage } from '../../src-main/evaluation/predictions.ts';
import { Draws } from '../../src-main/foundation/random.ts';
import { readPredictions, writePredictions } from '../../src-main/runs/folder/predictionsFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const classes = 8;
const images = 300;

/** Posteriors of few different values, so that many are equal; the greatest draw is `odd`. */
function awkwardPosteriors(odd: number): Float32Array {
  const draws = new Draws(11, 'crop');
  return Float32Array.from({ length: images * classes }, () => {
    const value = draws.integer(0, 6);
    return value === 6 ? odd : value / 10;
  });
}

/** The place among the kept classes is the rank of errorRates. */
function requireRanks(posteriors: Float32Array): void {
  for (let image = 0; image < images; image++) {
    const label = image % classes;
    const rank = rankOfLabel(posteriors, classes, image, label);
    const { top } = scoredImage(posteriors, classes, image, label);
    expect(top.findIndex((one) => one.label === label)).toBe(rank < 5 ? rank : -1);
  }
}

it('have the rank of errorRates, also where posteriors are equal or NaN', () => {
  requireRanks(awkwardPosteriors(NaN));
  requireRanks(awkwardPosteriors(0.6));
});

it('give the errors of errorRates, also from the file', async () => {
  const posteriors = awkwardPosteriors(0.6);
  const labels = Array.from({ length: images }, (_, image) => image % classes);
  const rows = labels.map((label, image) => ({
    name: `a "class", odd/${image}.png`,
    label,
    ...scoredImage(posteriors, classes, image, label),
  }));
  const path = join(temporaryFolder(), 'key.csv');
  writePredictions(path, rows);
  const read = await readPredictions(path, 10);
  expect(read.map(({ name, label }) => [name, label])).toEqual(rows.map(({ name, label }) => [name, label]));
  const missed = (places: number) =>
    (100 * read.filter(({ label, top }) => !top.slice(0, places).some((one) => one.label === label)).length) /
    images;
  const rates = errorRates(posteriors, classes, labels);
  expect({ top1Error: missed(1), top5Error: missed(5) }).toEqual(rates);
});

it('a file that is none is refused', async () => {
  await expect(readPredictions(join(import.meta.dirname, 'predictions.test.ts'), 10)).rejects.toMatchObject({
    code: 'predictions-unreadable',
  });
});

it.each([
  ['a label beyond the outputs', 'cat/1.png,100000,0.5,0,0.5', 'class 100000'],
  ['a prediction beyond the outputs', 'cat/1.png,0,0.5,200000000,0.5', 'class 200000000'],
  ['a posterior that is no number', 'cat/1.png,0,NaN,0,0.5', 'is NaN'],
  ['an infinite posterior', 'cat/1.png,0,0.5,0,Infinity', 'is Infinity'],
  ['no posterior', 'cat/1.png,0,,0,0.5', 'is missing'],
])('are refused with %s, by the name of the image', async (_, line, fact) => {
  const path = join(temporaryFolder(), 'strange.csv');
  const rest = ','.repeat(8);
  const header = [
    'image',
    'label',
    'posterior',
    ...[1, 2, 3, 4, 5].flatMap((n) => [`class${n}`, `posterior${n}`]),
  ];
  writeFileSync(path, `${header.join(',')}\n${line}${rest}\n`);
  await expect(readPredictions(path, 3)).rejects.toMatchObject({
    code: 'predictions-unreadable',
    message: expect.stringMatching(new RegExp(`cat/1\\.png .*${fact}`)) as unknown,
  });
});
