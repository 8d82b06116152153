import { expect, it } from 'vitest';
import { planStudy } from '../../src-main/studies/plan.ts';
import { readPreset } from '../../src-main/studies/preset.ts';
import { StudyProgress } from '../../src-main/studies/StudyProgress.ts';
import { dataset } from '../runs/fixtures.ts';

it('does not take what earlier sessions did for the rate of this one', () => {
  const plan = planStudy(readPreset('quick'), 'fashion-mnist', []);
  const progress = new StudyProgress('study', plan);
  progress.inherit('A@256#1', { status: 'finished', done: 1 });
  const facts = { stepsPerEpoch: 100, parameters: 1, dataset, device: 'cpu', tensorflow: '2' } as const;
  progress.change('B@256#1', { status: 'running' });
  progress.observe('B@256#1', { type: 'started', step: 150, totalSteps: 300, ...facts }, 100);
  const { runs, etaSeconds } = progress.snapshot();
  expect(runs.find(({ key }) => key === 'B@256#1')).toMatchObject({ done: 0.5 });
  expect(etaSeconds).toBeNull();
});

it('tells the protocol of each error: the validation of a running net, then its evaluation at a single scale', () => {
  const progress = new StudyProgress('study', planStudy(readPreset('quick'), 'fashion-mnist', []));
  const shown = () => progress.snapshot().runs.find(({ key }) => key === 'A@256#1')?.top1Error;
  expect(shown()).toBeNull();
  const at = { type: 'metrics', step: 10, epoch: 0, seconds: 1 } as const;
  progress.observe('A@256#1', { ...at, values: { 'val/top1Error': 40 } }, 10);
  progress.observe('A@256#1', { ...at, values: { 'train/loss': 1 } }, 10);
  expect(shown()).toEqual({ percent: 40, protocol: 'centre-crop' });
  for (const testScales of [[64], [56, 64, 72]]) {
    const top1Error = 30 + testScales.length;
    const how = { protocol: 'dense', average: 'before-softmax', horizontalFlip: true } as const;
    const result = { dataset, images: 400, top1Error, top5Error: 1, seconds: 1 };
    const weights = { checkpoint: 'best', step: 10 } as const;
    progress.observe('A@256#1', { type: 'evaluation', ...how, testScales, ...weights, ...result }, 10);
  }
  expect(shown()).toEqual({ percent: 31, protocol: 'dense' });
});
