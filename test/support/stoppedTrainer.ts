import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { fromTrainerSchema } from '../../src-main/trainer/protocol.ts';
import type { TrainingEvent } from '../../src-main/training/events.ts';
import { trainerHere } from './trainerHere.ts';

/** Trains in this process, and is asked to stop at the first event that is so: an interrupted training without a signal. */
export function stoppedAt(isSo: (event: TrainingEvent) => boolean): StartTrainer {
  return (...parameters) => {
    const link = trainerHere(...parameters);
    const onMessage = link.onMessage.bind(link);
    link.onMessage = (receive) => {
      onMessage((raw) => {
        receive(raw);
        const message = fromTrainerSchema.parse(raw);
        if (message.type === 'event' && isSo(message.event)) link.send({ type: 'stop' });
      });
    };
    return link;
  };
}
