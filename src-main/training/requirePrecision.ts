import type { RunConfig } from '../configuration/schema.ts';
import { multipliesBfloat16, ownKernels } from '../engine/kernels.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { kernelsText } from '../vocabulary/kernels.ts';

/**
 * Before a training begins: a run that is resumed on another machine must not go on in another precision.
 *
 * @throws WorkbenchError `bfloat16-not-supported`
 */
export function requirePrecision({ precision }: RunConfig['training']): void {
  if (precision === 'float32' || multipliesBfloat16()) return;
  throw new WorkbenchError(
    'bfloat16-not-supported',
    `training.precision is bfloat16, and the kernels in use here (${kernelsText(ownKernels())}) do not multiply it.`,
    'Train with training.precision=float32, or on a processor with AVX512-BF16, without VGG_ISA.',
  );
}
