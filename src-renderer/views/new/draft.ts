/*
 * A form that was left half made is there again when one comes back. The address holds all of it, so that address is what is
 * kept, for as long as the window is open.
 */

type Form = 'run' | 'study';
const keyOf = (form: Form) => `draft-${form}`;

/** What in an address says how a form begins: with any of them, nothing is taken from the draft. */
const beginnings = [
  'preset',
  'set',
  'sweep',
  'from',
  'name',
  'compare',
  'dataset',
  'seeds',
  'nets',
  'tables',
  'settings',
  'weights',
  'atOnce',
];

export function keepDraft(form: Form, parameters: URLSearchParams): void {
  sessionStorage.setItem(keyOf(form), parameters.toString());
}

export function forgetDraft(form: Form): void {
  sessionStorage.removeItem(keyOf(form));
}

/** The parameters that a form begins with: those of the address, else those that it was left with. */
export function startParameters(form: Form, parameters: URLSearchParams): URLSearchParams {
  const kept = sessionStorage.getItem(keyOf(form));
  const isNew = !beginnings.some((name) => parameters.has(name));
  return isNew && kept !== null ? new URLSearchParams(kept) : parameters;
}
