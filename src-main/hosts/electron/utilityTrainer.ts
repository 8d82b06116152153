import { utilityProcess } from 'electron';
import type { TrainerLink } from '../../supervisor/TrainerLink.ts';
import { trainerProgram } from '../../supervisor/trainerProgram.ts';

/** Starts a trainer as a utility process. Electron ends it when the program is gone. */
export function startUtilityTrainer(threads: number | null, gpu?: number): TrainerLink {
  const child = utilityProcess.fork(trainerProgram.entry, [], {
    env: trainerProgram.environment(threads, gpu),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe'],
    serviceName: 'VGG Workbench trainer',
    // The addon is compiled on this machine, so on macOS it is not signed.
    allowLoadingUnsignedLibraries: true,
  });
  return {
    onStart(receive) {
      child.once('spawn', () => {
        if (child.pid !== undefined) receive(child.pid);
      });
    },
    send(message) {
      child.postMessage(message);
    },
    onMessage(receive) {
      child.on('message', receive);
    },
    onOutput(receive) {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (text: Buffer | string) => {
          receive(text.toString());
        });
      }
    },
    onExit(receive) {
      child.once('exit', (code) => {
        receive({ code, signal: null });
      });
    },
    kill() {
      // Electron's own kill() sends SIGTERM, which the trainer leaves to the workbench.
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
  };
}
