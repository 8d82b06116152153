import { expect, it } from 'vitest';
import { axisLabels } from '../../../../../src-renderer/views/runs/plots/axisLabels.ts';

it('names every value of an axis, none over another and each as near to its tick as that allows', () => {
  const ticks = [
    { place: 0, text: '37' },
    { place: 0.005, text: '37–73' },
    { place: 1, text: '64–128' },
  ];
  const labels = axisLabels({ ticks }, (place) => 200 * (1 - place));
  expect(labels.map(({ text }) => text)).toEqual(['37', '37–73', '64–128']);
  expect(labels.map(({ tick }) => tick)).toEqual([200, 199, 0]);
  const [low = 0, second = 0, high = 0] = labels.map(({ middle }) => middle);
  expect(low).toBe(200);
  expect(second).toBe(186);
  expect(high).toBe(0);
});

it('leaves out what a short axis has no room for', () => {
  const ticks = Array.from({ length: 10 }, (_, index) => ({ place: index / 9, text: String(index) }));
  expect(axisLabels({ ticks }, (place) => 28 * (1 - place))).toHaveLength(3);
});
