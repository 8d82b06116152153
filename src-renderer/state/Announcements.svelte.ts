import { newsBetween } from '../../src-main/vocabulary/news.ts';
import type { RunSummary } from '../../src-main/workbench/contract.ts';
import { router } from './Router.svelte.ts';

const key = 'vgg.announcements';

/**
 * The browser's notifications of how trainings come out, if a person has asked for them in this browser. The desktop app
 * has its own.
 */
class Announcements {
  readonly isSupported = 'Notification' in window && !navigator.userAgent.includes('Electron');
  #permission = $state(this.isSupported ? Notification.permission : 'denied');
  #isChosen = $state(localStorage.getItem(key) === 'yes');
  #seen: ReadonlyMap<string, RunSummary> = new Map();

  get isOn(): boolean {
    return this.#isChosen && this.#permission === 'granted';
  }

  /** Whether nobody has been asked yet. */
  get canAsk(): boolean {
    return this.isSupported && this.#permission === 'default';
  }

  /** Whether the browser is set not to show any. */
  get isBlocked(): boolean {
    return this.#permission === 'denied';
  }

  async turn(on: boolean): Promise<void> {
    if (on && this.isSupported) this.#permission = await Notification.requestPermission();
    this.#isChosen = on && this.#permission === 'granted';
    localStorage.setItem(key, this.#isChosen ? 'yes' : 'no');
  }

  /** Looks at the list of runs as it is now. */
  update(runs: readonly RunSummary[]): void {
    const news = newsBetween(this.#seen, runs);
    this.#seen = new Map(runs.map((run) => [run.id, run]));
    if (!this.isOn) return;
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
