import { printable } from '../vocabulary/printable.ts';

/** A piece of HTML. Everything else that is put into one is text, and escaped. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A piece of HTML from a template whose values are escaped, unless they are pieces of HTML themselves. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(pieces.map((piece, index) => piece + textOf(parts[index])).join(''));
}

function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return String(part);
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(textOf).join('');
}

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or an attribute; characters that cannot be seen are written as escapes. */
export function escapeHtml(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (character) => replacements[character] ?? '');
}

/** A table; columns that are no texts are aligned right. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
  isText: (column: number) => boolean = () => true,
): Html {
  const classOf = (column: number) => (isText(column) ? 'text' : 'number');
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head, column) => html`<th scope="col" class="${classOf(column)}">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, column) => html`<td class="${classOf(column)}">${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A list of terms and what they are. */
export function facts(entries: readonly (readonly [term: string, value: string])[]): Html {
  return html`<dl>
    ${entries.map(
      ([term, value]) =>
        html`<dt>${term}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}
