import { expect, it } from 'vitest';
import { relationsFor } from '../../../src-main/studies/budget/relations.ts';
import { imagesFor, resolutionOf } from '../../../src-main/vocabulary/resolution.ts';

// 1.96 √(0.2 / n), computed by hand.
it.each([
  [1_000, 2.772],
  [3_925, 1.399],
  [10_000, 0.877],
  [50_000, 0.392],
])('%s images tell a difference of %s points from chance', (images, points) => {
  expect(resolutionOf(images)).toBeCloseTo(points, 3);
  expect(resolutionOf(imagesFor(points))).toBeLessThanOrEqual(points);
});

it('the paper’s differences are those of its tables, and the larger ones need fewer images', () => {
  const relations = relationsFor(3_925);
  const byText = new Map(relations.map((relation) => [relation.text, relation]));
  // Table 3 of the paper: A 29.6, D 27.0, with jitter 25.6; Table 4: 24.8.
  expect(byText.get('D, of 16 layers, is better than A, of 11')).toMatchObject({
    points: 2.6,
    isDecidable: true,
  });
  expect(byText.get('D is better with scale jitter')).toMatchObject({ points: 1.4, isDecidable: true });
  expect(byText.get('several test scales are better than one')).toMatchObject({
    points: 0.8,
    isDecidable: false,
  });
  for (const { points, imagesNeeded, isDecidable } of relations) {
    expect(points).toBeGreaterThan(0);
    expect(isDecidable).toBe(imagesNeeded <= 3_925);
  }
});
