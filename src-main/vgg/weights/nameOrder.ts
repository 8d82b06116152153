/** Tells which of two layers comes first, by the numbers in their names; undefined where they do not tell. */
export type NameOrder = (left: string, right: string) => number | undefined;

/** A name as texts and numbers in turn. */
type Token = string | number;

/**
 * The order that the numbers in names tell: `conv2_1` comes before `conv10_1`, `conv1a` before `conv1b`, and of `conv2d`,
 * `conv2d_1` the one without a number is the first. Names that differ in a text before they differ in a number are in no
 * order: `features.0` and `classifier.0`.
 *
 * @param names all that are compared
 */
export function nameOrder(names: readonly string[]): NameOrder {
  const parts = new Set(names.flatMap(partsOf));
  const numbered = new Set([...parts].flatMap((part) => /^(.+)_\d+$/.exec(part)?.[1] ?? []));
  const tokens = new Map(names.map((name) => [name, tokensOf(name, numbered)]));
  return (left, right) => firstDifference(tokens.get(left) ?? [], tokens.get(right) ?? []);
}

function partsOf(name: string): string[] {
  return name.split(/[./]/);
}

function tokensOf(name: string, numbered: ReadonlySet<string>): Token[] {
  const whole = partsOf(name).map((part) => (numbered.has(part) ? `${part}_0` : part));
  // A letter by itself counts as a number.
  const found =
    whole.join('.').match(/\d+|(?<![a-z])[a-z](?![a-z])|(?:(?!(?<![a-z])[a-z](?![a-z]))\D)+/gi) ?? [];
  return found.map((text) => {
    if (/^\d+$/.test(text)) return Number(text);
    return /^[a-z]$/i.test(text) ? text.toLowerCase().charCodeAt(0) : text;
  });
}

function firstDifference(left: readonly Token[], right: readonly Token[]): number | undefined {
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (one === other) continue;
    return typeof one === 'number' && typeof other === 'number' ? one - other : undefined;
  }
  return undefined;
}
