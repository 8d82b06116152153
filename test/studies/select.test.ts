import { expect, it } from 'vitest';
import { planStudy } from '../../src-main/studies/plan.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { selectRuns } from '../../src-main/studies/select.ts';

const plan = planStudy({ ...loadPreset('quick'), seeds: [1, 2] }, 'fashion-mnist', []);
const keys = (...only: string[]) => selectRuns(plan, only).map(({ key }) => key);

it('takes nets, trainings and single seeds, with what they start from', () => {
  expect(keys('A')).toEqual(['A@256#1', 'A@256#2']);
  expect(keys('B@256#2')).toEqual(['A@256#2', 'B@256#2']);
  expect(keys('D@256-512#1')).toEqual(['A@256#1', 'D@256#1', 'D@384#1', 'D@256-512#1']);
  expect(keys('C@384')).toHaveLength(6);
  expect(selectRuns(plan)).toEqual(plan);
});

it('refuses what the study does not have', () => {
  for (const name of ['F', 'D@', 'D@25', 'A@256#3', '']) {
    expect(() => keys(name)).toThrow(expect.objectContaining({ code: 'study-run-unknown' }));
  }
});
