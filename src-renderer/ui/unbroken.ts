/** A text whose numbers stay in one line with their signs: `19.7 %`, `5 × 5`. */
export function unbroken(text: string): string {
  return text.replaceAll(/(?<=\d) (?=[%×])|(?<=×) (?=\d)/g, '\u00a0');
}
