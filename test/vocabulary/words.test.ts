import { describe, expect, it } from 'vitest';
import { learningText } from '../../src-main/vocabulary/learning.ts';
import { protocolText, scoringText, type EvaluationProtocol } from '../../src-main/vocabulary/protocols.ts';

const dense = { protocol: 'dense', average: 'before-softmax', horizontalFlip: true } as const;

describe('a protocol in words', () => {
  it.each<[Partial<EvaluationProtocol>, string]>([
    [{}, 'dense, score map averaged before softmax, with flip'],
    [{ average: 'after-softmax' }, 'dense, score map averaged after softmax, with flip'],
    [{ protocol: 'centre-crop', horizontalFlip: false }, 'centre-crop, without flip'],
    [{ protocol: 'multi-crop+dense' }, 'multi-crop+dense, score map averaged before softmax, with flip'],
  ])('%j reads %s', (changes, text) => {
    expect(scoringText({ ...dense, ...changes })).toBe(text);
  });

  it('ends with the checkpoint where that is part of it', () => {
    expect(protocolText({ ...dense, checkpoint: 'best' })).toBe(
      'dense, score map averaged before softmax, with flip, best checkpoint',
    );
  });
});

describe('learning in words', () => {
  const chanceLoss = Math.log(10);

  it.each([
    [{ kind: 'learns', step: 1200 }, 'below chance level (2.30) since step 1,200'],
    [{ kind: 'stalled', step: 29 }, 'back at chance level (2.30) since step 29'],
    [{ kind: 'stalled', step: null }, 'never left chance level (2.30)'],
    [{ kind: 'diverged', step: 7 }, 'diverged at step 7'],
  ] as const)('%j reads %s', (learning, text) => {
    expect(learningText({ ...learning, chanceLoss })).toBe(text);
  });

  it('a loss of chance is not the last word where validation errs less than chance', () => {
    const stalled = { kind: 'stalled', step: null, chanceLoss } as const;
    // Ten classes: chance is right 10 % of the time, and 15.5 % are more than half as many again.
    expect(learningText(stalled, { top1Error: 84.5, classes: 10 })).toBe(
      'never left chance level (2.30), but validation errs less than chance: 84.50 % of 90.00 %',
    );
    expect(learningText(stalled, { top1Error: 88, classes: 10 })).toBe('never left chance level (2.30)');
    expect(learningText(stalled, { classes: null })).toBe('never left chance level (2.30)');
    expect(learningText({ ...stalled, kind: 'diverged', step: 7 }, { top1Error: 84.5, classes: 10 })).toBe(
      'diverged at step 7',
    );
  });
});
