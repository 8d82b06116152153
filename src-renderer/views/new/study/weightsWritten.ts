import { parseTrainScale, type TrainScale } from '../../../../src-main/vocabulary/scales.ts';

/** A weights file as it is written in the form; `trainedAt` is empty where its format says it. */
export interface WrittenWeights {
  path: string;
  trainedAt: string;
}

/** What the workbench is asked for; a row without a path is not yet one. */
export function weightsRequested(
  written: readonly WrittenWeights[],
): { path: string; trainedAt?: TrainScale }[] {
  return written
    .map(({ path, trainedAt }) => ({ path: path.trim(), scale: parseTrainScale(trainedAt) }))
    .filter(({ path }) => path !== '')
    .map(({ path, scale }) => ({ path, ...(scale !== undefined && { trainedAt: scale }) }));
}

/** As an address keeps them, `256-512:/weights/D.h5` a line; empty where none is given. */
export function weightsText(written: readonly WrittenWeights[]): string {
  return written
    .filter(({ path }) => path.trim() !== '')
    .map(({ path, trainedAt }) => `${trainedAt}:${path.trim()}`)
    .join('\n');
}

/** The reverse, with a row to fill where there is none. */
export function weightsOf(text: string): WrittenWeights[] {
  if (text === '') return [{ path: '', trainedAt: '' }];
  return text.split('\n').map((line) => {
    const end = line.indexOf(':');
    return { trainedAt: line.slice(0, Math.max(0, end)), path: line.slice(end + 1) };
  });
}
