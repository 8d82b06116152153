const quote = '"';

/**
 * How often each key stands in a JSON object, not counting those of objects within it. `JSON.parse` keeps the last of
 * equal keys and says nothing. Text that is not JSON gives keys that mean nothing, and no error.
 *
 * @param most after so many different keys it stops
 */
export function jsonKeys(text: string, most: number): Map<string, number> {
  const counts = new Map<string, number>();
  let depth = 0;
  for (let at = 0; at < text.length && counts.size <= most; at++) {
    const character = text[at] ?? '';
    if (character === quote) {
      const end = endOfString(text, at);
      if (depth === 1 && /^\s*:/.test(text.slice(end, end + 20))) count(counts, text.slice(at, end));
      at = end - 1;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  return counts;
}

/** Behind the closing quote. */
function endOfString(text: string, begin: number): number {
  for (let at = begin + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

function count(counts: Map<string, number>, literal: string): void {
  const key = keyOf(literal);
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The same key may be written with and without escapes. */
function keyOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
