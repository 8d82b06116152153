import { expect, it } from 'vitest';
import { longestChain, scheduleOn } from '../../src-main/launch/schedule.ts';

// A takes 1 hour; from it come B (1) and E (2), from E another E (3).
const tasks = [
  { key: 'A', dependsOn: null, seconds: 3600 },
  { key: 'B', dependsOn: 'A', seconds: 3600 },
  { key: 'E', dependsOn: 'A', seconds: 7200 },
  { key: 'E+', dependsOn: 'E', seconds: 10_800 },
];

it('is as long as all of them on one processor, and as the longest chain on many', () => {
  expect(scheduleOn(tasks, 1)).toEqual({ processors: 1, seconds: 7 * 3600, speedUp: 1 });
  expect(longestChain(tasks)).toEqual({ keys: ['A', 'E', 'E+'], seconds: 6 * 3600 });
  expect(scheduleOn(tasks, 2)).toEqual({ processors: 2, seconds: 6 * 3600, speedUp: 7 / 6 });
  expect(scheduleOn(tasks, 9).seconds).toBe(6 * 3600);
});

it('starts nothing before what it comes from, and nothing that has no processor', () => {
  const twice = ['#1', '#2'].flatMap((seed) =>
    tasks.map(({ key, dependsOn, seconds }) => ({
      key: key + seed,
      dependsOn: dependsOn === null ? null : dependsOn + seed,
      seconds,
    })),
  );
  // By hand, on two: A A, then B and E of the first, B and E of the second …
  expect(scheduleOn(twice, 1).seconds).toBe(14 * 3600);
  expect(scheduleOn(twice, 4).seconds).toBe(6 * 3600);
  expect(scheduleOn([], 3)).toEqual({ processors: 3, seconds: 0, speedUp: 1 });
});
