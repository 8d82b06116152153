import { commands, type Command } from './Commands.svelte.ts';

const millisecondsOfSequence = 1200;

/** Performs the command whose keys were pressed. Letters count only outside fields; two letters form a sequence. */
export class Keyboard {
  #before = '';
  #at = 0;

  readonly handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = nameOf(event);
    const withModifier = pressed.includes('+');
    if (!withModifier && (isField(event.target) || pressed.length === 0)) return;
    const sequence =
      performance.now() - this.#at < millisecondsOfSequence ? `${this.#before} ${pressed}` : pressed;
    const command = find(sequence) ?? find(pressed);
    this.#before = pressed;
    this.#at = performance.now();
    if (!command) return;
    event.preventDefault();
    this.#before = '';
    void command.perform();
  };
}

function find(keys: string): Command | undefined {
  return commands.all.findLast((command) => command.keys === keys);
}

/** `Ctrl+K`, `Shift+N`, `G`; on a Mac the command key counts as Ctrl. */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  if (key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'Shift') return '';
  const letter = key.length === 1 ? key.toUpperCase() : key;
  const isLetter = /^[A-Z]$/.test(letter);
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shiftKey && isLetter ? 'Shift' : '', letter]
    .filter((part) => part !== '')
    .join('+');
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"]') !== null
  );
}
