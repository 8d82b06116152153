import type { Examination } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { Loaded } from '../api/Loaded.svelte.ts';

/**
 * What the workbench found out about engine and machine. That starts compilers and other programs to ask for their
 * versions, so it is asked once for the whole window, and again only when somebody wants it.
 */
class MachineExamination extends Loaded<Examination> {
  /** Those that show it now; one is made before the one that it replaces is left. */
  #pages = 0;

  again(): Promise<Examination | undefined> {
    return this.load((signal) => api.doctor(undefined, { signal }));
  }

  async once(): Promise<void> {
    if (this.value === undefined && !this.loading) await this.again();
  }

  /** For an effect of each page that shows it: what is still asked when the last of them is left is taken back. */
  visit(): () => void {
    this.#pages++;
    void this.once();
    return () => {
      this.#pages--;
      if (this.#pages === 0 && this.loading) this.clear();
    };
  }
}

export const examination = new MachineExamination();
