import { expect, it } from 'vitest';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { memoryOf } from '../../../src-main/workbench/preview/cost.ts';
import { previewStudy } from '../../../src-main/workbench/preview/studyPreview.ts';
import { planStudy } from '../../../src-main/studies/plan.ts';

const images = {
  name: 'images',
  trainImages: 1000,
  valImages: 200,
  classes: 10,
  used: [] as string[],
  splitNote: null,
};

/** A study of preset quick with so many at once, on a machine that trains all its nets equally fast. */
function preview(only: string[], atOnce: number, imagesPerSecond: number | null = 100) {
  const asked: { threads: number | null; beside: boolean }[] = [];
  const preset = loadPreset('quick');
  const seen = previewStudy({
    definition: { preset, dataset: 'images', overrides: [], only },
    command: null,
    findWeights: null,
    countImages: () => Promise.resolve(images),
    rateOf: ({ training: { threads } }, beside) => {
      asked.push({ threads, beside });
      const rate = { cropsPerSecond: 300, startSeconds: 1, from: 'measured' as const };
      return imagesPerSecond === null ? null : { imagesPerSecond, ...rate };
    },
    sharingOf: () => Promise.resolve({ atOnce, threads: atOnce === 1 ? null : 1 }),
  });
  return seen.then((answer) => ({ ...answer, asked }));
}

it('counts the time of runs side by side once, at the rate of their threads', async () => {
  const alone = await preview(['A', 'A-LRN'], 1);
  const [one, other] = alone.runs.map(({ seconds }) => seconds ?? NaN);
  expect(alone.secondsInAll).toBe((one ?? NaN) + (other ?? NaN));
  expect(alone.asked).toEqual([alone.asked[0], { threads: null, beside: false }]);
  const two = await preview(['A', 'A-LRN'], 2);
  expect(two.secondsInAll).toBe(Math.max(one ?? NaN, other ?? NaN));
  expect(two.asked).toEqual([two.asked[0], { threads: 1, beside: true }]);
  // B starts from A and waits for it.
  const inARow = await preview(['B'], 2);
  expect(inARow.secondsInAll).toBe(inARow.runs.reduce((sum, { seconds }) => sum + (seconds ?? NaN), 0));
});

it('knows no time in all while one is not known', async () => {
  expect((await preview(['A', 'B'], 1, null)).secondsInAll).toBeNull();
});

it('tells the memory of the largest that train at once', async () => {
  const plan = planStudy(loadPreset('quick'), 'images', []);
  const sizes = plan.map(({ config }) => memoryOf(config, images.classes)).sort((a, b) => b - a);
  const { memoryBytes } = await preview(['A', 'A-LRN', 'B', 'C', 'D', 'E'], 2);
  expect(memoryBytes).toBe((sizes[0] ?? NaN) + (sizes[1] ?? NaN));
});
