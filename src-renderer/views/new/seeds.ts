/** `1,2,3` as seeds, each once; null if it is anything else. */
export function parseSeeds(text: string): number[] | null {
  if (!/^\s*\d{1,10}(\s*,\s*\d{1,10})*\s*$/.test(text)) return null;
  return [...new Set(text.split(',').map(Number))];
}
