import { expect, it } from 'vitest';
import { ActiveStudy } from '../../src-main/studies/ActiveStudy.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { testEngineFiles } from '../support/engine.ts';
import { codeOf, openLog } from '../runs/fixtures.ts';
import { aStudy } from '../support/aStudy.ts';

it('tells that it failed also where nothing can be written of it any more', async () => {
  const log = openLog();
  const definition = { preset: loadPreset('quick'), dataset: 'fashion-mnist', overrides: [] };
  const { id } = aStudy();
  log.studies.put(aStudy({ dataset: 'fashion-mnist', definition }));
  const startTrainer = () => {
    log.close();
    throw new Error('no process can be started');
  };
  const services = { log, engine: await testEngineFiles(), startTrainer };
  const study = new ActiveStudy(services, id, () => undefined);
  // One at a time.
  expect(codeOf(() => new ActiveStudy(services, id, () => undefined))).toBe('study-busy');
  expect(await study.ended).toMatchObject({ status: 'failed' });
  const latest = await study.events.read().next();
  expect(latest.value).toMatchObject({ type: 'ended', status: 'failed' });
});
