import { reportOf } from '../api/errors.ts';

export interface Toast {
  id: number;
  kind: 'info' | 'error';
  text: string;
  detail?: string;
  action?: { title: string; perform: () => unknown };
}

/** Beside the newest. */
const mostOthers = 2;

const millisecondsShown = { info: 6000, error: 15_000 };

/**
 * Short messages at the edge of the window: what was done, with a way back, and what failed. What was done last takes the
 * place of what was done before, and what fails twice is shown once, so that they cover little of the page.
 */
class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  say(text: string, action?: Toast['action']): void {
    this.#show({ kind: 'info', text, ...(action ? { action } : {}) });
  }

  fail(error: unknown): void {
    const { message, nextStep } = reportOf(error);
    this.#show({ kind: 'error', text: message, detail: nextStep });
  }

  /** Does something and shows why if it fails. */
  async attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  #show(toast: Omit<Toast, 'id'>): void {
    const id = this.#next++;
    const others = this.list.filter(({ kind, text }) =>
      toast.kind === 'info' ? kind === 'error' : kind === 'info' || text !== toast.text,
    );
    this.list = [...others.slice(-mostOthers), { id, ...toast }];
    setTimeout(() => {
      this.dismiss(id);
    }, millisecondsShown[toast.kind]);
  }
}

export const toasts = new Toasts();
