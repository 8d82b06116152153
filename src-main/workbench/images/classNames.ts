import type { Workbench } from '../Workbench.ts';

/** The names of a dataset's classes; empty if the dataset is gone, since the net can still be looked into. */
export async function classNamesOf({ images }: Workbench, dataset: string): Promise<string[]> {
  try {
    return (await images.dataset(dataset)).classes;
  } catch {
    return [];
  }
}
