import { beforeAll, expect, it } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { requirePrecision } from '../../src-main/training/requirePrecision.ts';
import { openTestEngine } from '../support/engine.ts';
import { hasBfloat16 } from '../support/kernels.ts';

beforeAll(openTestEngine);

const asked = (precision: string) => () => {
  requirePrecision(resolveRunConfig({ overrides: [`training.precision=${precision}`] }).training);
};

it('a training in float32 begins anywhere', () => {
  expect(asked('float32')).not.toThrow();
});

it.runIf(hasBfloat16)('one in bfloat16 begins where the processor multiplies it', () => {
  expect(asked('bfloat16')).not.toThrow();
});

it.runIf(!hasBfloat16)('one in bfloat16 is refused where the processor does not multiply it', () => {
  expect(asked('bfloat16')).toThrow(expect.objectContaining({ code: 'bfloat16-not-supported' }));
});
