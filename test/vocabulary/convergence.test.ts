import { expect, it } from 'vitest';
import { convergencesText, convergenceSentence } from '../../src-main/vocabulary/convergence.ts';

const converged = { kind: 'converged', pointsPerEpoch: 0.02, trainError: 12.34 } as const;
const improving = { kind: 'improving', pointsPerEpoch: 1.25, trainError: null } as const;

it('tells one training with its slope and its training error', () => {
  expect(convergenceSentence(converged)).toBe('converged (training error 12.3 %)');
  expect(convergenceSentence(improving)).toBe('still improving, 1.3 points an epoch');
  expect(convergenceSentence({ ...improving, kind: 'schedule-ended' })).toBe(
    'schedule ended, still 1.3 points an epoch',
  );
});

it('counts several', () => {
  expect(convergencesText([])).toBe('');
  expect(convergencesText([improving])).toBe('still improving, 1.3 points an epoch');
  expect(convergencesText([converged, converged])).toBe('converged');
  expect(convergencesText([converged, improving, converged])).toBe(
    '1 of 3 still improving, 2 of 3 converged',
  );
});
