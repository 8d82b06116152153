import { existsSync } from 'node:fs';
import { checkDataset } from '../../data/checkDataset.ts';
import { openDataset } from '../../data/openDataset.ts';
import { examineEngine } from '../../engine/doctor.ts';
import { cachedFor } from '../../foundation/cachedFor.ts';
import { provideEngine } from '../../engine/provision/provideEngine.ts';
import { reportError, type Problem } from '../../foundation/errors.ts';
import { probeFolder } from '../../foundation/probeFolder.ts';
import type { CheckEvent, Examination, SetupEvent } from '../contract.ts';
import { implementer } from '../implementer.ts';
import { streamOf } from '../streamOf.ts';
import type { Workbench } from '../Workbench.ts';

export const systemHandlers = {
  checkData: implementer.checkData.handler(({ input, signal }) =>
    streamOf<CheckEvent>(async (emit) => {
      const report = await checkDataset(await openDataset(input.dataset, input), {
        signal,
        onProgress: (done, total) => {
          emit({ type: 'progress', done, total });
        },
      });
      emit({ type: 'report', report });
    }),
  ),

  setup: implementer.setup.handler(({ input, signal }) =>
    streamOf<SetupEvent>(async (emit) => {
      const engine = await provideEngine({
        ...(input.gpu ? { build: 'gpu' as const } : {}),
        ...(signal ? { signal } : {}),
        verify: input.verify,
        onProgress: (progress) => {
          emit({ type: 'progress', progress });
        },
      });
      emit({ type: 'ready', engine });
    }),
  ),

  doctor: implementer.doctor.handler(async ({ context }) => examine(context)),
};

/** Programs are started to ask for their versions: callers that ask within a second get the same answer. */
const examinedEngine = cachedFor(1000, examineEngine);

/** The same of the images that ship: they are unpacked to be counted, and not kept. */
const countedImages = cachedFor(1000, async () => {
  const { name, train, val, classes } = await openDataset('fashion-mnist');
  return { name, train: train.length, val: val.length, classes: classes.length };
});

async function examine(workbench: Workbench): Promise<Examination> {
  const problems: Problem[] = [];
  const note = (error: unknown) => {
    const { code, message, nextStep } = reportError(error);
    problems.push({ code, message, nextStep });
    return null;
  };
  const engine = await examinedEngine();
  const dataset = await countedImages().catch(note);
  const exists = existsSync(workbench.home);
  let runs: number | null = null;
  try {
    probeFolder(workbench.home);
  } catch (error) {
    note(error);
  }
  try {
    if (exists) runs = workbench.log.runs.ids().length;
  } catch (error) {
    note(error);
  }
  return {
    engine,
    dataFolder: { path: workbench.home, exists, runs },
    dataset,
    problems: [...engine.problems, ...problems],
  };
}
