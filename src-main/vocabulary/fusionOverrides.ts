import type { EvaluationProtocol } from './protocols.ts';

/** The settings, as `key=value`, with which a run is scored for a fusion: its posteriors are kept. */
export function fusionOverrides({
  protocol,
  testScales,
}: Pick<EvaluationProtocol, 'protocol' | 'testScales'>): string[] {
  return [
    `evaluation.protocol=${protocol}`,
    `evaluation.testScales=[${testScales.join(', ')}]`,
    'evaluation.keepPosteriors=true',
  ];
}
