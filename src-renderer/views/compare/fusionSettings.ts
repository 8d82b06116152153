import { protocols, type Protocol } from '../../../src-main/vocabulary/protocols.ts';
import { parseTestScales } from '../../../src-main/vocabulary/scales.ts';

/** How runs are scored before they are fused; what is left out is each run's own. */
export interface FusionSettings {
  protocol?: Protocol;
  testScales?: number[];
}

/** What the address says: `fuse=dense&q=64,96`; what cannot be read is each run's own. */
export function readFusion(parameters: URLSearchParams): FusionSettings {
  const protocol = protocols.find((name) => name === parameters.get('fuse'));
  const testScales = parseTestScales(parameters.get('q') ?? '');
  return { ...(protocol && { protocol }), ...(testScales && { testScales }) };
}
