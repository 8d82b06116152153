import { sameScales, testScalesText } from '../../../../src-main/vocabulary/scales.ts';
import type { RunSummary, ScoredEvaluation } from '../../../../src-main/workbench/contract.ts';

/** How a run's own errors were made. */
export type OwnWay = Pick<RunSummary, 'protocol' | 'testScales'>;

/** The newest by the run's own protocol and scales; without one the newest of all. */
export function ownEvaluation<Scored extends Pick<ScoredEvaluation, 'protocol' | 'testScales'>>(
  newestFirst: readonly Scored[],
  own: OwnWay,
): Scored | undefined {
  const isOwn = ({ protocol, testScales }: Scored) =>
    protocol === own.protocol && sameScales(testScales, own.testScales);
  return newestFirst.find(isOwn) ?? newestFirst[0];
}

/** How it was made, in words. */
export function evaluationTitle({ protocol, testScales, checkpoint, step }: ScoredEvaluation): string {
  return `${protocol}, Q = ${testScalesText(testScales)}, ${checkpoint} at step ${step}`;
}
