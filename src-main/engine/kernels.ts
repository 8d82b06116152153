import type { InstructionSet } from '../vocabulary/kernels.ts';
import { engineFacts, tensorflow } from './tensorflow.ts';

const byLanes = new Map<number, InstructionSet>([
  [8, 'avx2'],
  [16, 'avx512'],
]);

interface Kernels {
  own: InstructionSet | null;
  /** Whether they multiply bfloat16, as `training.precision` may ask. */
  bfloat16: boolean;
}

const none: Kernels = { own: null, bfloat16: false };

let known: Kernels | undefined;

/**
 * The instruction set of the workbench's own kernels in this process, or null where layers are computed by TensorFlow's:
 * on a GPU, on another processor, and where the compiler could not compile them.
 */
export function ownKernels(): InstructionSet | null {
  return kernels().own;
}

/** Whether the kernels of this process can multiply numbers rounded to bfloat16: with AVX512-BF16. */
export function multipliesBfloat16(): boolean {
  return kernels().bfloat16;
}

function kernels(): Kernels {
  known ??= engineFacts().device === 'cpu' ? askAddon() : none;
  return known;
}

/** The addon registers the operation only where the kernels run. */
function askAddon(): Kernels {
  try {
    const [lanes = 0, bfloat16 = 0] = tensorflow()
      .backend.executeMultipleOutputs('VggKernels', [], [], 2)
      .map((output) => {
        using value = output;
        return value.dataSync()[0];
      });
    return { own: byLanes.get(lanes) ?? null, bfloat16: bfloat16 !== 0 };
  } catch {
    return none;
  }
}
