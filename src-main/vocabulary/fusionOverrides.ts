import type { EvaluationProtocol } from './protocols.ts';

/** The settings, as `key=value`, that make a run be scored as a fusion needs it: its posteriors are kept. */
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
