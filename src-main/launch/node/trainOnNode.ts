import { writeFileSync } from 'node:fs';
import { findEngine } from '../../engine/provision/provideEngine.ts';
import { putEvaluation } from '../../runs/folder/evaluationsFile.ts';
import type { RunFolder } from '../../runs/folder/RunFolder.ts';
import { bestEffort } from '../../supervisor/bestEffort.ts';
import { evaluationIn, trainedWith } from '../../runs/trained.ts';
import { describeEnvironment } from '../../supervisor/environment.ts';
import { runTraining } from '../../supervisor/runTraining.ts';
import { requireNewest } from '../../trainer/fence.ts';
import type { StartTrainer } from '../../supervisor/TrainerLink.ts';
import type { TrainJob } from '../../trainer/protocol.ts';
import type { TrainingEvent } from '../../training/events.ts';
import { engineMissingOn } from '../errors.ts';
import type { Attempt } from './Attempt.ts';
import { NodesOfRun } from './NodesOfRun.ts';

/** Has a trainer train the run, and leaves in its folder what the trainer does not write itself. */
export async function trainOnNode(
  one: Attempt,
  folder: RunFolder,
  isBegun: boolean,
): Promise<'finished' | 'interrupted'> {
  const { job, facts, before, warnings, fence, startTrainer } = one;
  const engine = await findEngine();
  if (!engine) throw engineMissingOn(facts.node);
  const { source, train } = job;
  const task: TrainJob = {
    ...train,
    // A checkpoint holds all weights, and goes on from its last: "from the best" is for the first attempt alone.
    initialWeights: isBegun ? null : (source?.weights ?? train.initialWeights),
    datasetFingerprint: before.datasetFingerprint ?? train.datasetFingerprint,
    fromBest: train.fromBest && before.gains === 0,
    fence,
  };
  folder.log(`job ${facts.job} on ${facts.node}, attempt ${before.attempts + 1}`);
  const record = await recorderOf(one, folder);
  const startHere: StartTrainer = (threads, gpu) => startTrainer(threads ?? facts.threads, gpu);
  const { processes } = train.config.training;
  const nodes = new NodesOfRun({ nodes: facts.nodes, processes }, one.program, startHere);
  const isSpread = facts.nodes.length > 1;
  const answer = await runTraining(
    isSpread ? nodes.start : startHere,
    task,
    {
      addon: engine.addon,
      stop: warnings.signal,
      onOutput: (text) => {
        bestEffort(() => {
          folder.log(text);
        });
      },
      onEvent: record,
    },
    isSpread ? nodes.addresses : undefined,
  );
  return answer.type === 'done' && answer.status === 'finished' ? 'finished' : 'interrupted';
}

async function recorderOf({ job, files, fence, events }: Attempt, folder: RunFolder) {
  const environment = await describeEnvironment();
  const earlier = folder.readEnvironment();
  return (event: TrainingEvent): void => {
    switch (event.type) {
      case 'started': {
        const { step, dataset } = event;
        folder.writeEnvironment(trainedWith(environment, event, earlier));
        events.write({ type: 'started', step, dataset });
        return;
      }
      case 'checkpoint':
        events.write({ type: 'checkpoint', kind: event.kind, step: event.step });
        return;
      case 'evaluation':
        requireNewest(fence);
        putEvaluation(folder.evaluations, evaluationIn(event, job.train.config));
        events.write({ type: 'evaluation', protocol: event.protocol });
        return;
      case 'progress':
        bestEffort(() => {
          writeFileSync(files.progress, JSON.stringify(event));
        });
        return;
      case 'note':
        folder.log(`note: ${event.text}`);
        return;
      case 'metrics':
      // In the run's folder already.
    }
  };
}
