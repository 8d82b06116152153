import { app, dialog, type BrowserWindow } from 'electron';
import type { Workbench } from '../../workbench/Workbench.ts';
import type { WorkWatch } from './WorkWatch.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Asks before quitting while something is trained; the training is then checkpointed before the program ends. */
export class Quitting {
  readonly #workbench: Workbench;
  readonly #work: WorkWatch;
  readonly #window: () => BrowserWindow | undefined;
  #state: 'no' | 'asking' | 'closing' | 'closed' = 'no';

  constructor(workbench: Workbench, work: WorkWatch, window: () => BrowserWindow | undefined) {
    this.#workbench = workbench;
    this.#work = work;
    this.#window = window;
    app.on('before-quit', (event) => {
      if (this.#state === 'closed') return;
      event.preventDefault();
      if (this.#state === 'no') void this.#ask();
    });
    // When the system or the terminal ends the program, nobody is asked.
    for (const signal of signals) process.on(signal, () => void this.#close());
  }

  /** Whether the window may be closed, since there is nothing left to ask. */
  get agreed(): boolean {
    return this.#state === 'closing' || this.#state === 'closed';
  }

  async #ask(): Promise<void> {
    this.#state = 'asking';
    if (await this.#agrees()) await this.#close();
    else this.#state = 'no';
  }

  async #agrees(): Promise<boolean> {
    const { current } = this.#work;
    if (!current) return true;
    const options = {
      type: 'question' as const,
      message: `${current.kind === 'run' ? 'Run' : 'Study'} ${current.title} is under way.`,
      detail: 'It is checkpointed before the program ends, and goes on from there when it is resumed.',
      buttons: ['Checkpoint and quit', 'Go on training'],
      defaultId: 1,
      cancelId: 1,
    };
    const window = this.#window();
    const { response } = await (window
      ? dialog.showMessageBox(window, options)
      : dialog.showMessageBox(options));
    return response === 0;
  }

  async #close(): Promise<void> {
    if (this.agreed) return;
    this.#state = 'closing';
    this.#window()?.hide();
    try {
      await this.#workbench.close();
    } finally {
      this.#state = 'closed';
      app.quit();
    }
  }
}
