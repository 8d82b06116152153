import { expect, it } from 'vitest';
import { planStudy } from '../../src-main/studies/plan.ts';
import { quickPreset } from '../support/quickPreset.ts';
import { notStarted, StudyProgress } from '../../src-main/studies/StudyProgress.ts';
import { workOf } from '../../src-main/studies/work.ts';
import { dataset } from '../runs/fixtures.ts';

const plan = planStudy(quickPreset, 'fashion-mnist', []);
const facts = {
  stepsPerEpoch: 100,
  logBytes: 0,
  parameters: 1,
  dataset,
  device: 'cpu',
  tensorflow: '2',
  kernels: 'avx2',
  processes: 1,
  threads: 2,
} as const;

it('does not take what earlier sessions did for the rate of this one', () => {
  const before = plan.map((planned) =>
    planned.key === 'A@256#1'
      ? { ...notStarted(planned), status: 'finished' as const, done: 1 }
      : notStarted(planned),
  );
  const progress = new StudyProgress('study', plan, before);
  progress.change('B@256#1', { status: 'running' });
  progress.observe('B@256#1', { type: 'started', step: 150, totalSteps: 300, ...facts }, 100);
  const { runs, etaSeconds } = progress.snapshot();
  expect(runs.find(({ key }) => key === 'B@256#1')).toMatchObject({ done: 0.5 });
  expect(etaSeconds).toBeNull();
});

it('counts the evaluation into the time that is left, and only the runs that are requested', () => {
  const [net] = plan;
  if (!net) throw new Error('A study has runs.');
  const { key, config, evaluations } = net;
  const work = workOf(config, evaluations, dataset);
  const { epochs } = config.training;
  const left = (evaluated: number, requested = [key]) => {
    const progress = new StudyProgress('study', plan);
    progress.setRequested(new Set(requested));
    progress.observe(key, { type: 'started', step: 0, totalSteps: 100 * epochs, ...facts }, 100);
    progress.observe(key, { type: 'progress', activity: 'evaluating', done: evaluated, total: 4 }, 100);
    const { seconds, etaSeconds } = progress.snapshot();
    return (etaSeconds ?? NaN) / seconds;
  };
  // Trained, but not evaluated: what is left is the evaluation, at the rate of the training.
  expect(left(0)).toBeCloseTo(work.evaluation / work.training, 9);
  expect(left(3)).toBeCloseTo((0.25 * work.evaluation) / (work.training + 0.75 * work.evaluation), 9);
  expect(left(4)).toBe(0);
  expect(left(0, [key, 'B@256#1'])).toBeGreaterThan(left(0));
});

it('tells the protocol of each error: the validation of a running net, then its evaluation at a single scale', () => {
  const progress = new StudyProgress('study', plan);
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

it('goes over to a plan that asks for more, and leaves what is under way as it is', () => {
  const before = plan.map((planned) => ({ ...notStarted(planned), status: 'finished' as const, done: 1 }));
  const progress = new StudyProgress('study', plan, before);
  progress.change('D@256-512#1', { status: 'running', epoch: 1 });
  const more = planStudy(quickPreset, 'fashion-mnist', [], [3, 4, 5]);
  const lacking = before.map((run) =>
    run.key.includes('-512') ? { ...run, status: 'queued' as const } : run,
  );
  progress.setPlan(more, lacking);
  expect(progress.statusOf('D@256-512#1')).toBe('running');
  expect(progress.statusOf('E@256-512#1')).toBe('queued');
  expect(progress.statusOf('A@256#1')).toBe('finished');
  expect(progress.snapshot().runs.map(({ key }) => key)).toEqual(more.map(({ key }) => key));
});

it('says that the trainer does not respond until it is heard again', () => {
  const progress = new StudyProgress('study', plan);
  progress.observe('A@256#1', { type: 'unresponsive', since: '2026-01-01T00:00:00.000Z' }, 100);
  expect(progress.snapshot().activity).toBe('the trainer does not respond');
  progress.observe('A@256#1', { type: 'responsive', silentSeconds: 200 }, 100);
  expect(progress.snapshot().activity).toBeNull();
});
