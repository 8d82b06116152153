import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { extendRun } from '../../src-main/runs/extendRun.ts';
import type { RunLog } from '../../src-main/runs/RunLog.ts';
import { stateKey } from '../../src-main/training/checkpointFiles.ts';
import { PlateauSchedule } from '../../src-main/training/PlateauSchedule.ts';
import { architectureKey } from '../../src-main/vgg/weights/identify.ts';
import { aStudy } from '../support/aStudy.ts';
import { codeOf, config, openLog } from './fixtures.ts';

function finishedRun(log: RunLog, sinceImprovement: number, ...overrides: string[]): string {
  const settings = config('training.epochs=3', 'training.schedule=plateau', ...overrides);
  const { id } = log.create({ config: settings });
  const state = {
    version: 2,
    seed: 1,
    mean: [0, 0, 0],
    step: 12,
    epoch: 3,
    stepInEpoch: 0,
    seconds: 1,
    schedule: { ...new PlateauSchedule(settings.training).state, sinceImprovement },
    best: null,
  };
  const tensor = { name: 'w', shape: [1], values: () => new Float32Array(1) };
  writeSafetensors(log.folder(id).checkpoint('last'), [tensor], {
    [stateKey]: JSON.stringify(state),
    [architectureKey]: JSON.stringify({ config: 'A', width: 1, crop: 56, classes: 3 }),
  });
  log.setStatus(id, 'finished');
  return id;
}

describe('another number of epochs', () => {
  it('is in the row and in the folder, and the run can go on', () => {
    const log = openLog();
    const id = finishedRun(log, 0);
    extendRun(log, id, 5);
    expect(log.runs.get(id)).toMatchObject({ status: 'interrupted', config: { training: { epochs: 5 } } });
    expect(log.folder(id).readConfig().training.epochs).toBe(5);
    expect(log.folder(id).readRecord().status).toBe('interrupted');
    expect(log.list.all()[0]?.epochs).toBe(5);
  });

  it('is noted where the rate has fallen as for the former number', () => {
    const log = openLog();
    const id = finishedRun(log, 0, 'training.schedule=linear');
    log.annotate(id, { notes: 'My best.' });
    extendRun(log, id, 9);
    const { notes, config } = log.runs.get(id);
    expect(config.training.epochs).toBe(9);
    expect(notes).toMatch(/^My best\.\n\nUntil step \d+ its learning rate fell as for 3 epochs \(linear\)/);

    const even = finishedRun(log, 0, 'training.schedule=plateau');
    extendRun(log, even, 9);
    expect(log.runs.get(even).notes).toBe('');
  });

  it('is refused where the run could not go on, and nothing is changed', () => {
    const log = openLog();
    const done = finishedRun(log, 0);
    const stopped = finishedRun(log, 4, 'training.earlyStopping=4');
    const ofStudy = finishedRun(log, 0);
    log.studies.put(aStudy({ id: 'a-study', status: 'finished' }));
    log.studies.putRun('a-study', { key: 'A@64#1', runId: ofStudy, seed: 1 });
    const running = finishedRun(log, 0);
    log.setStatus(running, 'running');
    const code = (id: string, epochs: number) =>
      codeOf(() => {
        extendRun(log, id, epochs);
      });
    const refused = [code(done, 3), code(done, 2), code(stopped, 9)];
    expect(refused).toEqual(Array(3).fill('epochs-not-possible'));
    expect(code(ofStudy, 9)).toBe('override-owned-by-study');
    expect(code(running, 9)).toBe('run-busy');
    expect(log.runs.get(done)).toMatchObject({ status: 'finished', config: { training: { epochs: 3 } } });
  });
});
