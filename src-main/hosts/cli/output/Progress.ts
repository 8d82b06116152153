import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { oneLine, printable } from '../../../vocabulary/printable.ts';

const millisecondsBetweenDraws = 100;
const millisecondsBetweenLines = 10_000;

/** Progress on stderr: redrawn in place on a terminal; elsewhere a line from time to time. */
export class Progress {
  readonly #stream = process.stderr;
  readonly #redraws = process.stderr.isTTY;
  #drawn = 0;
  #shownAt = -Infinity;
  /** What is counted in the log and has not ended there. */
  #counted: string | undefined;

  /**
   * Shows the current progress.
   *
   * @param lines for a terminal, replacing what was shown before
   * @param summary one line for a log file
   * @returns whether it was due
   */
  show(lines: readonly string[], summary = lines.join(' · ')): boolean {
    const now = performance.now();
    if (now - this.#shownAt < (this.#redraws ? millisecondsBetweenDraws : millisecondsBetweenLines))
      return false;
    this.#shownAt = now;
    if (this.#redraws) this.#draw(lines);
    else this.#stream.write(`${oneLine(summary)}\n`);
    return true;
  }

  /** The same of something that is counted. A log that has shown it begin also shows it end. */
  count(activity: string, done: number, total: number): void {
    const isEnd = done === total;
    // However soon after the last line.
    if (!this.#redraws && isEnd && this.#counted === activity) this.#shownAt = -Infinity;
    if (this.show([`${activity}: ${done} of ${total}`])) this.#counted = isEnd ? undefined : activity;
  }

  /** Prints a line that stays. */
  note(text: string): void {
    this.clear();
    this.#stream.write(`${printable(text)}\n`);
  }

  /** Removes what is shown in place; the next progress is shown at once. */
  clear(): void {
    this.#erase();
    if (this.#redraws) this.#shownAt = -Infinity;
  }

  #draw(lines: readonly string[]): void {
    this.#erase();
    const width = this.#stream.columns - 1;
    const fitting = lines.slice(0, Math.max(1, this.#stream.rows - 1));
    this.#stream.write(fitting.map((line) => `${oneLine(line).slice(0, width)}\n`).join(''));
    this.#drawn = fitting.length;
  }

  #erase(): void {
    if (this.#drawn === 0) return;
    moveCursor(this.#stream, 0, -this.#drawn);
    cursorTo(this.#stream, 0);
    clearScreenDown(this.#stream);
    this.#drawn = 0;
  }
}
