import type { InstructionSet } from '../vocabulary/kernels.ts';
import { engineFacts, tensorflow } from './tensorflow.ts';

const byLanes = new Map<number, InstructionSet>([
  [8, 'avx2'],
  [16, 'avx512'],
]);

let known: InstructionSet | null | undefined;

/**
 * The instruction set of the workbench's own kernels in this process, or null where layers are computed by TensorFlow's:
 * on a GPU, on another processor, and where the compiler could not compile them.
 */
export function ownKernels(): InstructionSet | null {
  known ??= engineFacts().device === 'cpu' ? askAddon() : null;
  return known;
}

/** The addon registers the operation only where the kernels run. */
function askAddon(): InstructionSet | null {
  try {
    using lanes = tensorflow().backend.executeSingleOutput('VggLanes', [], []);
    return byLanes.get(lanes.dataSync()[0] ?? 0) ?? null;
  } catch {
    return null;
  }
}
