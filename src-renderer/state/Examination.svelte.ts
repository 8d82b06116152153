import type { Examination } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { Loaded } from '../api/Loaded.svelte.ts';

/**
 * What the workbench found out about engine and machine. That starts compilers and other programs to ask for their
 * versions, so it is asked once for the whole window, and again only when somebody wants it.
 */
class MachineExamination extends Loaded<Examination> {
  again(): Promise<Examination | undefined> {
    return this.load((signal) => api.doctor(undefined, { signal }));
  }

  /** For each visit of a page that shows it. */
  async once(): Promise<void> {
    if (this.value === undefined && !this.loading) await this.again();
  }
}

export const examination = new MachineExamination();
