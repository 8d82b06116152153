import { comparedProtocols } from '../../../../src-main/vocabulary/protocols.ts';
import { sameScales } from '../../../../src-main/vocabulary/scales.ts';
import type { Protocol, RunDetails } from '../../../../src-main/workbench/contract.ts';

type Evaluation = RunDetails['evaluations'][number];

interface Given {
  run: {
    config: { evaluation: Pick<Evaluation, 'protocol' | 'average' | 'horizontalFlip'> };
    dataset: { valFingerprint: string } | null;
  };
  checkpoints: readonly { kind: string; step: number }[];
  evaluations: readonly Evaluation[];
}

/**
 * The latest evaluation by each of the compared protocols and the run's own, of a checkpoint as it is now, at a list of Q, on the run's own images and
 * averaged as its configuration says; null where there is none.
 */
export function setScores(
  { run, checkpoints, evaluations }: Given,
  checkpoint: string,
  testScales: readonly number[],
): { protocol: Protocol; evaluation: Evaluation | null }[] {
  const { protocol: own, average, horizontalFlip } = run.config.evaluation;
  const step = checkpoints.find(({ kind }) => kind === checkpoint)?.step;
  const found = (protocol: Protocol) =>
    evaluations.findLast(
      (one) =>
        one.protocol === protocol &&
        sameScales(one.testScales, testScales) &&
        one.checkpoint === checkpoint &&
        one.step === step &&
        one.average === average &&
        one.horizontalFlip === horizontalFlip &&
        one.datasetFingerprint === run.dataset?.valFingerprint,
    );
  return [...new Set<Protocol>([...comparedProtocols, own])].map((protocol) => ({
    protocol,
    evaluation: found(protocol) ?? null,
  }));
}
