import type { RunSummary } from '../../../src-main/workbench/contract.ts';

/** What a run is called: the name a person gave it, else its id. */
export function runName({ name, id }: Pick<RunSummary, 'name' | 'id'>): string {
  return name === '' ? id : name;
}
