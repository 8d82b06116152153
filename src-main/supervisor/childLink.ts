import type { ChildProcess } from 'node:child_process';
import type { TrainerLink } from './TrainerLink.ts';

/**
 * What all links to child processes share: how the child starts and ends. When this process exits, the child is ended too.
 *
 * @param kill ends the child at once
 */
export function childLink(child: ChildProcess, kill: () => void): Pick<TrainerLink, 'onStart' | 'onExit'> {
  process.once('exit', kill);
  child.once('close', () => {
    process.removeListener('exit', kill);
  });
  return {
    onStart(receive) {
      child.once('spawn', () => {
        if (child.pid !== undefined) receive(child.pid);
      });
    },
    onExit(receive) {
      // A process that cannot be started ends with an error and without an exit code.
      child.once('error', () => {
        if (child.pid === undefined) receive({ code: null, signal: null });
      });
      // Not `exit`: output and messages may still be on their way then.
      child.once('close', (code, signal) => {
        receive({ code, signal });
      });
    },
  };
}
