import { createInterface } from 'node:readline';
import type { StartTrainer } from '../../supervisor/TrainerLink.ts';
import { toTrainerSchema } from '../../trainer/protocol.ts';
import { messageIn, messageLine } from './messageLines.ts';

/**
 * Runs a trainer on this node for a process on another one, which sends its messages on the standard input and reads the
 * trainer's from the standard output. What the trainer prints goes to the standard error.
 *
 * @returns the exit code
 */
export function relayTrainer(
  startTrainer: StartTrainer,
  threads: number | null,
  gpu: number,
): Promise<number> {
  // The other process decides what signals mean, and sends `stop`.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const)
    process.on(signal, () => undefined);
  const link = startTrainer(threads, gpu);
  link.onMessage((message) => {
    process.stdout.write(messageLine(message));
  });
  link.onOutput((text) => {
    process.stderr.write(text);
  });
  const input = createInterface(process.stdin);
  input.on('line', (line) => {
    link.send(toTrainerSchema.parse(messageIn(line)));
  });
  // Whoever started it is gone: nobody would write its checkpoint.
  input.once('close', () => {
    link.kill();
  });
  return new Promise((resolve) => {
    link.onExit(({ code }) => {
      input.close();
      resolve(code ?? 1);
    });
  });
}
