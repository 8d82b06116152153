import type { RunSummary } from '../../src-main/workbench/contract.ts';
import { newsBetween } from './news.ts';
import { router } from './Router.svelte.ts';

const key = 'vgg.announcements';

/**
 * The browser's notifications of how trainings come out, if a person has asked for them in this browser. The desktop app
 * has its own.
 */
class Announcements {
  readonly arePossible = 'Notification' in window && !navigator.userAgent.includes('Electron');
  #permission = $state(this.arePossible ? Notification.permission : 'denied');
  #areChosen = $state(localStorage.getItem(key) === 'yes');
  #seen: ReadonlyMap<string, RunSummary> = new Map();

  get areOn(): boolean {
    return this.#areChosen && this.#permission === 'granted';
  }

  /** Whether nobody has been asked yet. */
  get areToBeAsked(): boolean {
    return this.arePossible && this.#permission === 'default';
  }

  /** Whether the browser is set not to show any. */
  get areForbidden(): boolean {
    return this.#permission === 'denied';
  }

  async turn(on: boolean): Promise<void> {
    if (on && this.arePossible) this.#permission = await Notification.requestPermission();
    this.#areChosen = on && this.#permission === 'granted';
    localStorage.setItem(key, this.#areChosen ? 'yes' : 'no');
  }

  /** Looks at the list of runs as it is now. */
  see(runs: readonly RunSummary[]): void {
    const news = newsBetween(this.#seen, runs);
    this.#seen = new Map(runs.map((run) => [run.id, run]));
    if (!this.areOn) return;
    for (const { run, title, body } of news) {
      const notification = new Notification(title, { body, tag: run });
      notification.onclick = () => {
        window.focus();
        router.go(`/run/${run}`);
      };
    }
  }
}

export const announcements = new Announcements();
