/** A word as a POSIX shell reads it unchanged. */
export function quotedForShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
