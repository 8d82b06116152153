import { differenceRangeText, pText } from './percentages.ts';

/** How sure a difference of two errors is; null where there is no telling, for a reason that `missing` names. */
export interface EffectCertainty {
  low: number | null;
  high: number | null;
  pValue: number | null;
  pAdjusted: number | null;
  beyondChance: boolean | null;
  missing: string | null;
}

/** `95 %: −1.20 to +0.40; p = 0.034, by Holm p = 0.068; chance alone could do that`, or why there is no telling. */
export function certaintyText(effect: EffectCertainty): string {
  const { low, high, pValue, pAdjusted, beyondChance, missing } = effect;
  if (low === null || high === null || pValue === null || pAdjusted === null)
    return `whether chance could do that is not known: ${missing ?? ''}`;
  const [alone, together] = [pText(pValue), pText(pAdjusted)];
  const adjusted = together === alone ? '' : `, by Holm ${together}`;
  const verdict = beyondChance === true ? 'beyond chance' : 'chance alone could do that';
  return `95 %: ${differenceRangeText(low, high)}; ${alone}${adjusted}; ${verdict}`;
}
