import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { errorRates, rankOfLabel } from '../../src-main/evaluation/errors.ts';
import { scoredImage } from '../../src-main/evaluation/predictions.ts';
import { Draws } from '../../src-main/foundation/random.ts';
import { readPredictions, writePredictions } from '../../src-main/runs/folder/predictionsFile.ts';

const classes = 8;
const images = 300;

/** Posteriors of few different values, so that many are equal, some no numbers. */
function awkwardPosteriors(): Float32Array {
  const draws = new Draws(11, 'crop');
  return Float32Array.from({ length: images * classes }, () => {
    const value = draws.integer(0, 6);
    return value === 6 ? NaN : value / 10;
  });
}

it('the place among the kept classes is the rank of errorRates, equal posteriors and NaN included, also from the file', async () => {
  const posteriors = awkwardPosteriors();
  const labels = Array.from({ length: images }, (_, image) => image % classes);
  const rows = labels.map((label, image) => ({
    name: `a "class", odd/${image}.png`,
    label,
    ...scoredImage(posteriors, classes, image, label),
  }));
  rows.forEach(({ label, top }, image) => {
    const rank = rankOfLabel(posteriors, classes, image, label);
    expect(top.findIndex((one) => one.label === label)).toBe(rank < 5 ? rank : -1);
  });

  const folder = mkdtempSync(join(tmpdir(), 'predictions-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, 'key.csv');
  writePredictions(path, rows);
  const read = await readPredictions(path);
  expect(read.map(({ name, label }) => [name, label])).toEqual(rows.map(({ name, label }) => [name, label]));
  const missed = (places: number) =>
    (100 * read.filter(({ label, top }) => !top.slice(0, places).some((one) => one.label === label)).length) /
    images;
  const rates = errorRates(posteriors, classes, labels);
  expect({ top1Error: missed(1), top5Error: missed(5) }).toEqual(rates);
});

it('a file that is none is refused', async () => {
  await expect(readPredictions(join(import.meta.dirname, 'predictions.test.ts'))).rejects.toMatchObject({
    code: 'predictions-unreadable',
  });
});
