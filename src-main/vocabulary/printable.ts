/**
 * Text from outside as it may be shown: control characters, which could steer a terminal, and those that change the
 * direction of writing, which could make a text look like another, are written as escapes.
 */

/** C0 but tab and line feed, DEL, C1, line and paragraph separators, changes of direction, halves of surrogate pairs. */
const unseen =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** With line breaks and tabs as they are. */
export function printable(text: string): string {
  return text.replace(unseen, escaped);
}

/** On one line. */
export function oneLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, (character) => (character === '\n' ? '\\n' : '\\t'));
}

/** Whether a text holds nothing that {@link printable} would change. */
export function isPrintable(text: string): boolean {
  return printable(text) === text;
}

const charactersQuoted = 80;

/** A short part of a text: errors quote what is in a file, which need not be meant for whoever reads them. */
export function excerpt(text: string): string {
  const characters = Array.from(oneLine(text.slice(0, 4 * charactersQuoted)));
  return characters.length > charactersQuoted
    ? `${characters.slice(0, charactersQuoted - 1).join('')}…`
    : characters.join('');
}

/** A short part of a value, as JSON but for numbers that JSON lacks. */
export function quoted(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return nameOf(value);
  if (typeof value === 'string') return excerpt(JSON.stringify(value.slice(0, 4 * charactersQuoted)));
  const replace = (_: string, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? nameOf(inner) : inner;
  return value === undefined ? 'nothing' : excerpt(JSON.stringify(value, replace));
}

/** In YAML's notation. */
function nameOf(number: number): string {
  return Number.isNaN(number) ? '.nan' : number > 0 ? '.inf' : '-.inf';
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
