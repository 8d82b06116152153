import { printable } from '../../vocabulary/printable.ts';
import type { StartTrainer } from '../../supervisor/TrainerLink.ts';
import { localClient, type WorkbenchClient } from '../../workbench/api.ts';
import { plainHost } from '../../workbench/Host.ts';
import { Workbench } from '../../workbench/Workbench.ts';
import { exitCodes } from './exitCodes.ts';
import { forkLastingTrainer } from '../forkTrainer.ts';
import { Interrupts } from './Interrupts.ts';
import { Progress } from './output/Progress.ts';

/** One call of the command line: the workbench it uses, and where its output goes. */
export class Session {
  readonly client: WorkbenchClient;
  readonly home: string;
  /** Whether results are printed as JSON, for programs. */
  readonly json: boolean;
  readonly progress = new Progress();
  readonly interrupts = new Interrupts();
  /** The exit code of the command, unless it throws. */
  exitCode: number = exitCodes.success;
  readonly #workbench: Workbench;

  constructor(
    { home, json }: { home: string; json: boolean },
    startTrainer: StartTrainer = forkLastingTrainer,
  ) {
    this.home = home;
    this.json = json;
    this.#workbench = new Workbench({
      home,
      startTrainer,
      host: plainHost('command line'),
      onUnreadable: (path, { message, nextStep }) => {
        this.progress.note(`${path} is left out of the log. ${message} ${nextStep}`);
      },
    });
    this.client = localClient(this.#workbench);
  }

  /** Writes a result to stdout: the value as one line of JSON, or the text for a person. */
  result(value: unknown, text: () => string): void {
    if (this.json) this.line(value);
    else this.text(text());
  }

  /** One line of JSON. Numbers that are not finite become null. */
  line(value: unknown): void {
    this.text(JSON.stringify(value));
  }

  text(text: string): void {
    this.progress.clear();
    const shown = printable(text);
    process.stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
  }

  async close(): Promise<void> {
    this.progress.clear();
    await this.#workbench.close();
    this.interrupts.close();
  }
}
