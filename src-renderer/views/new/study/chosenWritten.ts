const none = 'none';

/** Which of some are chosen, as an address keeps it: `A,D`; `none`; empty for those that are chosen by themselves. */
export function chosenText<Value extends string | number>(
  chosen: ReadonlySet<Value>,
  usual: readonly Value[],
): string {
  if (chosen.size === usual.length && usual.every((value) => chosen.has(value))) return '';
  return chosen.size === 0 ? none : [...chosen].sort().join();
}

/** The reverse; what is none of all is left out, and the usual ones are for a text that names none of them. */
export function chosenOf<Value extends string | number>(
  text: string | null,
  all: readonly Value[],
  usual: readonly Value[] = all,
): ReadonlySet<Value> {
  if (text === none) return new Set();
  const named = text?.split(',') ?? [];
  const chosen = all.filter((value) => named.includes(String(value)));
  return new Set(chosen.length === 0 ? usual : chosen);
}
