import type { RunDetails } from '../../src-main/workbench/contract.ts';
import { whole } from './numbers.ts';

export type LearningVerdict = NonNullable<RunDetails['learning']>;

/** `stalled at chance level (2.30) since step 300`: whether a net learns. */
export function learningText({ kind, step, chanceLoss }: LearningVerdict): string {
  const chance = `chance level (${chanceLoss.toFixed(2)})`;
  const at = whole(step ?? 0);
  switch (kind) {
    case 'learns':
      return `below ${chance} since step ${at}`;
    case 'stalled':
      return step === null ? `never left ${chance}` : `back at ${chance} since step ${at}`;
    case 'diverged':
      return `diverged at step ${at}`;
  }
}

/** What stands beside the curve where a net stops learning; null where it does not. */
export function stallText({ kind, step }: LearningVerdict): string | null {
  if (kind === 'learns' || step === null) return null;
  return kind === 'stalled' ? 'stalls' : 'diverges';
}
