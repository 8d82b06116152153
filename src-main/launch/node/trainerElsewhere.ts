import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childLink } from '../../supervisor/childLink.ts';
import type { TrainerLink } from '../../supervisor/TrainerLink.ts';
import { messageIn, messageLine } from './messageLines.ts';

/** Starts a trainer on another node. @param command starts {@link relayTrainer} there, with its standard streams here */
export function trainerElsewhere([program = '', ...words]: readonly string[]): TrainerLink {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const kill = () => {
    child.kill('SIGKILL');
  };
  // It has ended: its exit says why.
  child.stdin.on('error', () => undefined);
  return {
    ...childLink(child, kill),
    send(message) {
      if (child.stdin.writable) child.stdin.write(messageLine(message));
    },
    onMessage(receive) {
      createInterface(child.stdout).on('line', (line) => {
        receive(messageIn(line));
      });
    },
    onOutput(receive) {
      child.stderr.setEncoding('utf8').on('data', receive);
    },
    kill() {
      // The other end hears that its input has ended, where a killed program would leave it.
      child.stdin.end();
      kill();
    },
  };
}
