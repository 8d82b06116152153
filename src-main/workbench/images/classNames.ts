import type { Workbench } from '../Workbench.ts';

/** The names of a dataset's classes; none where it is no longer there, which keeps nobody from the net. */
export async function classNamesOf({ images }: Workbench, dataset: string): Promise<string[]> {
  try {
    return (await images.dataset(dataset)).classes;
  } catch {
    return [];
  }
}
