import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shareOfChance, smoothedSteps } from '../../src-main/training/learning.ts';
import {
  convergenceRule,
  convergenceRules,
  convergences,
  convergencesText,
  convergenceSentence,
  convergenceText,
} from '../../src-main/vocabulary/convergence.ts';

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

it('says of each word when a training is called so, and what blank means', () => {
  expect(convergenceRule('improving')).toBe(
    'Still improving: over the last third of the validations (3 to 10) the top-1 validation error fell along a straight ' +
      'line by more than 0.5 points, and by more than the standard error of one such error, and no schedule had brought the ' +
      'learning rate to its end.',
  );
  expect(convergenceRule('stalled')).toContain(`last ${smoothedSteps} steps`);
  expect(convergenceRule('stalled')).toContain(`${100 * shareOfChance} %`);
  expect(convergenceRules.split('\n')).toHaveLength(convergences.length + 1);
  expect(convergenceRules).toMatch(/fewer than 3 validations, unless it stalled or diverged\.$/);
});

it('manual and glossary explain every word', () => {
  const manual = readFileSync(new URL('../../docs/manual.md', import.meta.url), 'utf8');
  const glossary = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
  for (const kind of convergences) {
    const word = convergenceText({ kind, pointsPerEpoch: null });
    expect(manual, word).toMatch(new RegExp(`^\\| ${word} +\\|`, 'm'));
    expect(glossary, word).toMatch(new RegExp(`^\\| ${word} +\\|`, 'm'));
  }
});
