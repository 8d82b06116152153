import type { StartTrainer } from '../../src-main/supervisor/TrainerLink.ts';
import { fromTrainerSchema, type FromTrainer, type ToTrainer } from '../../src-main/trainer/protocol.ts';

/** Starts trainers as they are otherwise started, and keeps what they are sent and what they answer, in order. */
export function overhearing(sent: ToTrainer[], received: FromTrainer[]) {
  return (start: StartTrainer): StartTrainer =>
    (...parameters) => {
      const link = start(...parameters);
      return {
        onStart: link.onStart.bind(link),
        onOutput: link.onOutput.bind(link),
        onExit: link.onExit.bind(link),
        kill: link.kill.bind(link),
        onMessage: (receive) => {
          link.onMessage((message) => {
            received.push(fromTrainerSchema.parse(message));
            receive(message);
          });
        },
        send: (message) => {
          sent.push(message);
          link.send(message);
        },
      };
    };
}
