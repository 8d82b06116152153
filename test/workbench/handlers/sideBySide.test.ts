import { expect, it, onTestFinished } from 'vitest';
import { deviceFacts } from '../../../src-main/engine/device.ts';
import { loadPreset } from '../../../src-main/studies/preset.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { temporaryFolder } from '../../data/imageFiles.ts';
import { aStudy } from '../../support/aStudy.ts';

const { gpus } = await deviceFacts();

// On a GPU it is the GPU's memory that counts, which is not estimated.
it.skipIf(gpus.length > 0)('more nets at once than memory holds are refused before any is made', async () => {
  const startTrainer = () => {
    throw new Error('Nothing is trained here.');
  };
  const workbench = new Workbench({
    home: temporaryFolder(),
    startTrainer,
    host: plainHost('command line'),
  });
  onTestFinished(() => workbench.close());
  // Four times the paper's width: terabytes together.
  const overrides = ['network.width=4'];
  const definition = { preset: loadPreset('paper'), dataset: 'photographs', overrides };
  const { id } = aStudy();
  workbench.log.studies.put(aStudy({ definition }));
  await expect(localClient(workbench).studies.start({ id, parallel: 16 })).rejects.toMatchObject({
    code: 'parallel-beyond-memory',
  });
  expect(workbench.log.runs.ids()).toEqual([]);
});
