import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { prepareDataset } from '../../src-main/data/prepareDataset.ts';
import { deviationsOf } from '../../src-main/data/statistics.ts';
import { symmetricEigen, type Matrix3 } from '../../src-main/data/symmetricEigen.ts';
import { decodeBytes } from '../../src-main/data/decodeImage.ts';
import { jpegFile, pngFile, temporaryFolder, writeFiles } from './imageFiles.ts';

describe('symmetricEigen', () => {
  it('solves a matrix done by hand', () => {
    // Eigenvalues 4, 2, 1 with eigenvectors (1,1,0)/√2, (1,−1,0)/√2, (0,0,1).
    const { values, vectors } = symmetricEigen([
      [3, 1, 0],
      [1, 3, 0],
      [0, 0, 1],
    ]);
    const half = Math.SQRT1_2;
    [4, 2, 1].forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 12);
    });
    expect(vectors[0].map((x) => Number(x.toFixed(12)))).toEqual(
      [half, half, 0].map((x) => Number(x.toFixed(12))),
    );
    expect(Math.abs(vectors[1][0] * half - vectors[1][1] * half)).toBeCloseTo(1, 12);
    expect(vectors[2]).toEqual([0, 0, 1]);
  });

  it('gives A·v = λ·v with orthonormal v for a full matrix', () => {
    const matrix: Matrix3 = [
      [5200.5, 4800.1, 4400.7],
      [4800.1, 5100.2, 4700.3],
      [4400.7, 4700.3, 5600.9],
    ];
    const { values, vectors } = symmetricEigen(matrix);
    const dot = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    expect(values[0]).toBeGreaterThan(values[1]);
    expect(values[1]).toBeGreaterThan(values[2]);
    vectors.forEach((vector, index) => {
      matrix.forEach((row, axis) => {
        expect(dot(row, vector)).toBeCloseTo((values[index] ?? 0) * (vector[axis] ?? 0), 8);
      });
      vectors.forEach((other, second) => {
        expect(dot(vector, other)).toBeCloseTo(index === second ? 1 : 0, 10);
      });
    });
  });
});

async function statisticsOf(location: string) {
  const { statistics } = await prepareDataset(await openDataset(location), { workers: 2 });
  if (!statistics) throw new Error('A dataset with training images has statistics.');
  return statistics;
}

describe('the statistics of a training set', () => {
  it('are the mean and covariance of every pixel of the training images, of every size and format', async () => {
    const folder = temporaryFolder();
    const training = [await pngFile(40, 30, 1), await jpegFile(17, 60, 2), await pngFile(5, 5, 3)];
    writeFiles(folder, {
      'train/a/1.png': training[0] ?? '',
      'train/a/2.jpg': training[1] ?? '',
      'train/b/3.png': training[2] ?? '',
      'val/a/4.png': await pngFile(90, 90, 4),
    });
    const statistics = await statisticsOf(folder);

    const pixels: number[][] = [];
    for (const file of training) {
      const { data } = await decodeBytes(file);
      for (let offset = 0; offset < data.length; offset += 3)
        pixels.push([...data.subarray(offset, offset + 3)]);
    }
    const mean = [0, 1, 2].map((c) => pixels.reduce((sum, p) => sum + (p[c] ?? 0), 0) / pixels.length);
    const covariance = (c: number, d: number) =>
      pixels.reduce((sum, p) => sum + ((p[c] ?? 0) - (mean[c] ?? 0)) * ((p[d] ?? 0) - (mean[d] ?? 0)), 0) /
      pixels.length;

    expect(statistics.images).toBe(3);
    expect(statistics.pixels).toBe(40 * 30 + 17 * 60 + 25);
    mean.forEach((value, channel) => {
      expect(statistics.mean[channel]).toBeCloseTo(value, 9);
    });
    const trace = covariance(0, 0) + covariance(1, 1) + covariance(2, 2);
    expect(statistics.eigenvalues.reduce((sum, value) => sum + value)).toBeCloseTo(trace, 6);
    for (const c of [0, 1, 2] as const) {
      for (const d of [0, 1, 2]) {
        const rebuilt = statistics.eigenvalues.reduce(
          (sum, value, i) =>
            sum + value * (statistics.eigenvectors[i]?.[c] ?? 0) * (statistics.eigenvectors[i]?.[d] ?? 0),
          0,
        );
        expect(rebuilt).toBeCloseTo(covariance(c, d), 6);
      }
      expect(deviationsOf(statistics)[c]).toBeCloseTo(Math.sqrt(covariance(c, c)), 8);
    }
  });

  it('of the embedded dataset are grey', async () => {
    temporaryFolder();
    const statistics = await statisticsOf('fashion-mnist');
    // NumPy's mean over the same pixels.
    expect(statistics.mean[0]).toBeCloseTo(73.10382, 4);
    expect(new Set(statistics.mean).size).toBe(1);
    expect(statistics.eigenvalues.slice(1)).toEqual([0, 0]);
    // NumPy's std over the pixels of all 10,000 images; a channel that never changes is divided by nothing.
    for (const deviation of deviationsOf(statistics)) expect(deviation).toBeCloseTo(90.273206, 5);
    const still = { ...statistics, eigenvalues: [0, 0, 0] as [number, number, number] };
    expect(deviationsOf(still)).toEqual([1, 1, 1]);
  });
});
