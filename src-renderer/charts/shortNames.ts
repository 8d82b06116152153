/** What may be left away begins with one of these: `@256`, `#1`, `, S 37`, `(S 37)`. */
const separator = /[@#,(]/;

/**
 * Names without what they all begin or end with, for a place with little room: of `A@256#1` and `B@256#1` it is `A` and `B`, of
 * `A@256#1` and `A@256#2` `#1` and `#2`. As they were where one would have nothing left, or two would be the same.
 */
export function shortNames(names: readonly string[]): string[] {
  const [first = '', ...others] = names;
  if (others.length === 0) return [...names];
  let ends = 0;
  while (ends < first.length && others.every((other) => other.at(-1 - ends) === first.at(-1 - ends))) ends++;
  while (ends > 0 && !separator.test(first.charAt(first.length - ends))) ends--;
  const heads = names.map((name) => name.slice(0, name.length - ends));
  let begins = 0;
  const [head = ''] = heads;
  while (begins < head.length && heads.every((other) => other[begins] === head[begins])) begins++;
  while (begins > 0 && !separator.test(head.charAt(begins))) begins--;
  const short = heads.map((name) =>
    name
      .slice(begins)
      .replace(/^[,\s]+/, '')
      .trim(),
  );
  return short.includes('') || new Set(short).size < new Set(names).size ? [...names] : short;
}
