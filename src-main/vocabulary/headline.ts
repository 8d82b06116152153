/** With so many classes or fewer, five guesses nearly always hold the right one: the top-5 error says little. */
export const fewClasses = 10;

/** Which error speaks for nets of so many classes; the paper's, if they are not known. */
export function headlineOf(classes: number | null): 'top1' | 'top5' {
  return classes !== null && classes <= fewClasses ? 'top1' : 'top5';
}
