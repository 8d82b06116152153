import { expect, it } from 'vitest';
import { describeKeys } from '../../../../src-main/configuration/keys.ts';
import { examineRunConfig } from '../../../../src-main/configuration/resolve.ts';
import { fieldError } from '../../../../src-renderer/views/new/fields/fieldError.ts';

const keys = describeKeys();

function errorsOf(...overrides: string[]): string[] {
  return examineRunConfig({ overrides }).problems.map((problem) => fieldError(problem, { overrides, keys }));
}

it('speaks of fields by their labels, and names neither keys nor overrides', () => {
  expect(errorsOf('network.width=')).toEqual(['Width needs a value: number, above 0, at most 4.']);
  expect(errorsOf('network.width=-1')).toEqual([
    'Width cannot be -1. Width takes: number, above 0, at most 4.',
  ]);
  expect(errorsOf('data.trainScale=32', 'evaluation.testScales=224')).toEqual([
    'Train scale S (32) is smaller than Crop (224), so no crop fits into an image. Give an S of at least 224, or a smaller crop.',
  ]);
  // An override too long to be quoted whole.
  const long = `training.batch=${'9'.repeat(300)}`;
  expect(errorsOf(long).join()).not.toMatch(/override|training\.batch/);
});
