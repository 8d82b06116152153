import type { Protocol } from '../../../src-main/workbench/contract.ts';

export const protocols: readonly Protocol[] = ['dense', 'centre-crop', 'multi-crop', 'multi-crop+dense'];

/** How runs are scored before they are fused; what is left out is each run's own. */
export interface FusionSettings {
  protocol?: Protocol;
  testScales?: number[];
}

/** What the address says: `fuse=dense&q=64,96`; what cannot be read is each run's own. */
export function readFusion(parameters: URLSearchParams): FusionSettings {
  const protocol = protocols.find((name) => name === parameters.get('fuse'));
  const testScales = parseScales(parameters.get('q') ?? '');
  return { ...(protocol && { protocol }), ...(testScales && { testScales }) };
}

/** `64, 96` → 64 and 96; null for anything else. */
export function parseScales(text: string): number[] | null {
  if (!/^\s*\d+(\s*,\s*\d+)*\s*$/.test(text)) return null;
  return text.split(',').map(Number);
}

/** The settings that make a run be scored as a fusion needs it. */
export function overridesFor({ protocol, testScales }: Required<FusionSettings>): string[] {
  return [
    `evaluation.protocol=${protocol}`,
    `evaluation.testScales=[${testScales.join(', ')}]`,
    'evaluation.keepPosteriors=true',
  ];
}
