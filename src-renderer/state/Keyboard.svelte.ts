import { commands, type Command } from './Commands.svelte.ts';

const millisecondsOfSequence = 1200;

/** Performs the command whose keys were pressed. Letters count only outside fields, dialogs and menus; two letters form a sequence. */
export class Keyboard {
  #before = '';
  #at = 0;

  readonly handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = nameOf(event);
    const withModifier = pressed.includes('+');
    if (!withModifier && (pressed.length === 0 || hasOwnMeaning(pressed, event.target))) return;
    // When the keys were pressed counts, not when a busy window got round to them.
    const sequence =
      event.timeStamp - this.#at < millisecondsOfSequence ? `${this.#before} ${pressed}` : pressed;
    const command = find(sequence) ?? find(pressed);
    this.#before = pressed;
    this.#at = event.timeStamp;
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
  const letter = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  const isLetter = /^[A-Z]$/.test(letter);
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shiftKey && isLetter ? 'Shift' : '', letter]
    .filter((part) => part !== '')
    .join('+');
}

/** Keys that a field, an open dialog or menu, or a button takes for itself. */
function hasOwnMeaning(pressed: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';
  if (target.closest(`${field}, [role="dialog"], [role="menu"], [role="listbox"]`)) return true;
  return (pressed === 'Enter' || pressed === 'Space') && target.closest('button, a, input, summary') !== null;
}
