/** A weights file as it is written in the form; `trainedAt` is empty where its format tells. */
export interface WrittenWeights {
  path: string;
  trainedAt: string;
}

/** What the workbench is asked for; a row without a path is not yet one. */
export function weightsAsked(
  written: readonly WrittenWeights[],
): { path: string; trainedAt?: number | [number, number] }[] {
  return written
    .map(({ path, trainedAt }) => ({ path: path.trim(), scale: trainedAt.split('-').map(Number) }))
    .filter(({ path }) => path !== '')
    .map(({ path, scale: [least = 0, most] }) => ({
      path,
      ...(least > 0 && { trainedAt: most === undefined ? least : [least, most] }),
    }));
}
