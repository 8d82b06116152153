import { WorkbenchError } from '../foundation/errors.ts';
import type { Owner } from '../runs/records.ts';

export function notWaiting(id: string): WorkbenchError {
  return new WorkbenchError('not-waiting', `${id} does not wait in the queue.`, 'Add it first.');
}

export function notUnderWay(id: string): WorkbenchError {
  return new WorkbenchError(
    'not-under-way',
    `${id} is not under way in the queue.`,
    'Remove it instead if it waits.',
  );
}

export function busyElsewhere(kind: 'run' | 'study', id: string): WorkbenchError {
  return new WorkbenchError(
    kind === 'run' ? 'run-busy' : 'study-busy',
    `The ${kind} ${id} is under way in another program or by itself.`,
    'Wait until it has ended, or stop it first.',
  );
}

export function queueElsewhere({ pid, host }: Owner): WorkbenchError {
  return new WorkbenchError(
    'queue-elsewhere',
    `Process ${pid} on ${host} works through the queue of this data folder.`,
    'Use its window, or close it first.',
  );
}
