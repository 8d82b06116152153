import type { InspectionOptions } from '../../data/inspectDataset.ts';
import type { ImagesMoved } from '../contract/runs.ts';
import { streamOf } from '../streamOf.ts';

/** Tells how far images that were moved are compared, and that they are recorded where they are now. */
export function movedStream(
  signal: AbortSignal | undefined,
  move: (options: InspectionOptions) => Promise<void>,
): AsyncGenerator<ImagesMoved, void, undefined> {
  return streamOf<ImagesMoved>(async (emit) => {
    const onProgress = (done: number, total: number) => {
      emit({ type: 'progress', done, total });
    };
    await move({ signal, onProgress });
    emit({ type: 'moved' });
  });
}
