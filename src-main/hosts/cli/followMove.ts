import type { ImagesMoved } from '../../workbench/contract.ts';
import type { Session } from './Session.ts';

/** Shows how far images that were moved are compared, to the end. @param whose they are, as in "of the run" */
export async function followMove(
  { progress }: Session,
  events: AsyncIterable<ImagesMoved>,
  whose: 'run' | 'study',
): Promise<void> {
  for await (const event of events) {
    if (event.type === 'progress') progress.count('checking images', event.done, event.total);
    else progress.note(`The images are those of the ${whose}.`);
  }
}
