import { untrack } from 'svelte';

/** Something a person can do from anywhere: by the palette, and by a key if it has one. */
export interface Command {
  id: string;
  title: string;
  /** What it belongs to: `Go to`, `Run`, `Table`. */
  group: string;
  /** As shown: `Ctrl+K`, `G R`. */
  keys?: string;
  perform: () => unknown;
}

/** The commands there are now. A view adds its own while it is shown; one takes the place of the window's of the same id. */
class Commands {
  #groups = $state.raw<readonly (readonly Command[])[]>([]);
  readonly all: readonly Command[] = $derived([
    ...new Map(this.#groups.flat().map((command) => [command.id, command])).values(),
  ]);

  /** For an effect: adds commands and returns what takes them away again. */
  add(commands: readonly Command[]): () => void {
    // An effect that adds must not depend on what it changes.
    this.#groups = [...untrack(() => this.#groups), commands];
    return () => {
      this.#groups = this.#groups.filter((group) => group !== commands);
    };
  }
}

export const commands = new Commands();
