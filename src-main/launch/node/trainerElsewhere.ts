import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TrainerLink } from '../../supervisor/TrainerLink.ts';
import { messageIn, messageLine } from './messageLines.ts';

/** Starts a trainer on another node. @param command starts {@link relayTrainer} there, with its standard streams here */
export function trainerElsewhere([program = '', ...words]: readonly string[]): TrainerLink {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const kill = () => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  child.once('close', () => {
    process.removeListener('exit', kill);
  });
  // It has ended: its exit says why.
  child.stdin.on('error', () => undefined);
  return {
    onStart(receive) {
      child.once('spawn', () => {
        if (child.pid !== undefined) receive(child.pid);
      });
    },
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
    onExit(receive) {
      child.once('error', () => {
        if (child.pid === undefined) receive({ code: null, signal: null });
      });
      child.once('close', (code, signal) => {
        receive({ code, signal });
      });
    },
    kill() {
      // The other end hears that its input has ended, where a killed program would leave it.
      child.stdin.end();
      kill();
    },
  };
}
