import { expect, it } from 'vitest';
import { ownEvaluation } from '../../../../../src-renderer/views/runPage/mistakes/ownEvaluation.ts';

const own = { protocol: 'dense', testScales: [64] } as const;
const newest = { protocol: 'dense', testScales: [56, 64, 72], key: 'newest' } as const;
const older = { protocol: 'dense', testScales: [64], key: 'own' } as const;
const crops = { protocol: 'multi-crop', testScales: [64], key: 'crops' } as const;

it('opens the evaluation that the errors in the head of the page are of, where its predictions are kept', () => {
  const listed = [newest, crops, older].map((one) => ({ ...one, testScales: [...one.testScales] }));
  const way = { ...own, testScales: [...own.testScales] };
  expect(ownEvaluation(listed, way)?.key).toBe('own');
  expect(ownEvaluation(listed.slice(0, 2), way)?.key).toBe('newest');
  expect([ownEvaluation<(typeof listed)[number]>([], way)]).toEqual([undefined]);
});
