import { perform } from './opcodes.ts';
import type { Pickled } from './pickled.ts';
import type { PickleMachine } from './PickleMachine.ts';

const stop = 0x2e;

/**
 * The value of the pickle that begins where the machine's bytes are.
 *
 * @throws WorkbenchError `weights-refused`, `weights-damaged`
 */
export function unpickle(machine: PickleMachine): Pickled {
  try {
    for (;;) {
      const opcode = machine.bytes.byte();
      if (opcode === stop) return machine.pop();
      perform(machine, opcode);
      machine.requireShallow();
    }
  } catch (error) {
    if (error instanceof RangeError) throw machine.broken('it is cut short', error);
    throw error;
  }
}
