import type { Command } from 'commander';
import { WorkbenchError } from '../../foundation/errors.ts';
import { bytesText } from '../../vocabulary/bytes.ts';

export interface MemoryOptions {
  /** What needs more memory than there is, is started nevertheless. */
  yes?: true;
}

export function addMemoryOption(command: Command): Command {
  return command.option('--yes', 'start it even if it needs more memory than this machine has');
}

/**
 * Has a training that would not fit confirmed, as the window does.
 *
 * @param memory in bytes, by the estimate
 * @throws WorkbenchError `beyond-memory`
 */
export function requireMemory(
  { memoryBytes, machineBytes }: { memoryBytes: number; machineBytes: number },
  { yes }: MemoryOptions,
): void {
  if (yes === true || memoryBytes <= machineBytes) return;
  throw new WorkbenchError(
    'beyond-memory',
    `The training needs about ${bytesText(memoryBytes)}, and this machine has ${bytesText(machineBytes)}: the system would end the trainer.`,
    'Take a smaller width, crop or micro-batch, or start it anyway with --yes.',
  );
}
