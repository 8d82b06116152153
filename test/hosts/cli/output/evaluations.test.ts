import { expect, test } from 'vitest';
import { evaluationTable } from '../../../../src-main/hosts/cli/output/evaluations.ts';
import { evaluation } from '../../../runs/fixtures.ts';

test.each([
  [{}, 'dense, score map averaged before softmax, with flip '],
  [{ average: 'after-softmax' }, 'dense, score map averaged after softmax, with flip '],
  [{ protocol: 'centre-crop', horizontalFlip: false }, 'centre-crop, without flip '],
  [{ protocol: 'multi-crop+dense' }, 'multi-crop+dense, score map averaged before softmax, with flip '],
] as const)('the whole protocol stands beside each number: %o', (changes, protocol) => {
  expect(evaluationTable([evaluation(changes)]).split('\n')[1]).toMatch(
    new RegExp(`^${RegExp.escape(protocol)}`),
  );
});
