import { expect, it } from 'vitest';
import { setScores } from '../../../../../src-renderer/views/maps/protocols/setScores.ts';

const evaluation = {
  protocol: 'dense' as const,
  average: 'before-softmax' as const,
  horizontalFlip: true,
  testScales: [224, 256],
  top1Error: 30,
  top5Error: 10,
  images: 100,
  trainScale: 256,
  checkpoint: 'best' as const,
  step: 40,
  dataset: 'garments',
  datasetFingerprint: 'own',
  split: 'val' as const,
  seconds: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
};
const run = {
  config: {
    evaluation: {
      protocol: 'multi-crop-3x3' as const,
      average: 'before-softmax' as const,
      horizontalFlip: true,
    },
  },
  dataset: { valFingerprint: 'own' },
};
const checkpoints = [
  { kind: 'best', step: 40 },
  { kind: 'last', step: 50 },
];

it('tells the latest evaluation by each protocol of the paper and the own one, and which are missing', () => {
  const evaluations = [evaluation, { ...evaluation, top1Error: 29 }, { ...evaluation, testScales: [256] }];
  const rows = setScores({ run, checkpoints, evaluations }, 'best', [224, 256]);
  expect(rows.map(({ protocol, evaluation: found }) => [protocol, found?.top1Error])).toEqual([
    ['dense', 29],
    ['centre-crop', undefined],
    ['multi-crop', undefined],
    ['multi-crop+dense', undefined],
    ['multi-crop-3x3', undefined],
  ]);
});

it.each([
  ['another checkpoint', { checkpoint: 'last' as const }],
  ['earlier weights', { step: 30 }],
  ['another average', { average: 'after-softmax' as const }],
  ['no flip', { horizontalFlip: false }],
  ['other images', { datasetFingerprint: 'other' }],
  ['other scales', { testScales: [256] }],
])('leaves out an evaluation of %s', (_what, other) => {
  const [dense] = setScores(
    { run, checkpoints, evaluations: [{ ...evaluation, ...other }] },
    'best',
    [224, 256],
  );
  expect(dense?.evaluation).toBeNull();
});
