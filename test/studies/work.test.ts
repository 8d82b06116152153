import { expect, it } from 'vitest';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { workOf } from '../../src-main/studies/work.ts';

const images = { trainImages: 1000, valImages: 100, classes: 1000 };
const work = (...overrides: string[]) => {
  const config = resolveRunConfig({ overrides: ['network.config=A', ...overrides] });
  return workOf(config, [config.evaluation], images);
};
/** Multiply-accumulates of net A for a crop of 224, as published: 7.61 G, of them 123.6 M in the FC layers. */
const macs = 7_609_090_048;
const fullyConnected = 25_088 * 4096 + 4096 * 4096 + 4096 * 1000;

it('counts three passes an image for a step, and one for a validation', () => {
  expect(work('training.epochs=2')).toMatchObject({
    epoch: macs * (3 * 1000 + 100),
    training: 2 * macs * (3 * 1000 + 100),
  });
});

it('counts the crops, scales and mirror images of an evaluation', () => {
  const evaluation = (...overrides: string[]) =>
    work('evaluation.horizontalFlip=false', ...overrides).evaluation;
  const at224 = ['evaluation.testScales=224'];
  expect(evaluation(...at224)).toBe(100 * macs);
  expect(work(...at224).evaluation).toBe(200 * macs);
  expect(evaluation(...at224, 'evaluation.protocol=multi-crop')).toBe(25 * 100 * macs);
  expect(evaluation(...at224, 'evaluation.protocol=multi-crop+dense')).toBe(26 * 100 * macs);
  // At 448 the maps have four times the area, and the FC layers see 8 × 8 places.
  expect(evaluation('evaluation.testScales=448')).toBe(
    100 * (4 * (macs - fullyConnected) + 64 * fullyConnected),
  );
  expect(evaluation('evaluation.testScales=224,448')).toBe(
    evaluation('evaluation.testScales=224') + evaluation('evaluation.testScales=448'),
  );
});
