import type { Settings } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { askAgain } from '../api/askAgain.ts';

/** What a person set, kept by the workbench; and the theme that follows from it. */
class AppSettings {
  current = $state.raw<Settings | undefined>();
  readonly #systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
  #dark = $state(this.#systemIsDark.matches);

  constructor() {
    this.#systemIsDark.addEventListener('change', ({ matches }) => {
      this.#dark = matches;
    });
  }

  get theme(): 'light' | 'dark' {
    const chosen = this.current?.theme ?? 'system';
    return chosen === 'system' ? (this.#dark ? 'dark' : 'light') : chosen;
  }

  async load(): Promise<void> {
    this.current = await askAgain(() => api.host.settings());
  }

  async change(changes: Partial<Settings>): Promise<void> {
    if (this.current) this.current = { ...this.current, ...changes };
    this.current = await api.host.changeSettings(changes);
  }
}

export const settings = new AppSettings();
