/**
 * The text of the settings, one a line, with those of an option of the budget in place of what was written of the same
 * keys. Epochs that were written stay, unless the option gives fewer.
 */
export function withBudget(text: string, overrides: readonly string[]): string {
  const given = new Set(overrides.map(keyOf));
  const others = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !given.has(keyOf(line)));
  return [...others, ...overrides].join('\n');
}

function keyOf(line: string): string {
  return line.split('=', 1)[0]?.trim() ?? '';
}
