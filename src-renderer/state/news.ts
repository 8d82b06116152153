import type { RunSummary } from '../../src-main/workbench/contract.ts';

/** How far the training under way is, to stand before the title of a tab; empty if nothing is. */
export function tabPrefix(runs: readonly Pick<RunSummary, 'status' | 'step' | 'totalSteps'>[]): string {
  const run = runs.find(({ status, totalSteps }) => status === 'running' && totalSteps !== null);
  if (!run?.totalSteps) return '';
  return `${Math.floor((100 * run.step) / run.totalSteps)} % · `;
}
