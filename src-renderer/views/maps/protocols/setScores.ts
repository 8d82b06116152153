import { sameScales } from '../../../../src-main/vocabulary/scales.ts';
import type { Protocol, RunDetails } from '../../../../src-main/workbench/contract.ts';

type Evaluation = RunDetails['evaluations'][number];

/** Those of the paper (Sect. 3.2 and Table 5). */
const compared = ['dense', 'centre-crop', 'multi-crop', 'multi-crop+dense'] as const satisfies Protocol[];

interface Given {
  run: {
    config: { evaluation: Pick<Evaluation, 'average' | 'horizontalFlip'> };
    dataset: { valFingerprint: string } | null;
  };
  checkpoints: readonly { kind: string; step: number }[];
  evaluations: readonly Evaluation[];
}

/**
 * The latest evaluation by each protocol of a checkpoint as it is now, at a list of Q, on the run's own images and
 * averaged as its configuration says; null where there is none.
 */
export function setScores(
  { run, checkpoints, evaluations }: Given,
  checkpoint: string,
  testScales: readonly number[],
): { protocol: Protocol; evaluation: Evaluation | null }[] {
  const { average, horizontalFlip } = run.config.evaluation;
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
  return compared.map((protocol) => ({ protocol, evaluation: found(protocol) ?? null }));
}
