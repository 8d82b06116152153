import { deviceFacts } from '../../src-main/engine/device.ts';
import { compilerVersion } from '../../src-main/engine/provision/tools.ts';
import type { InstructionSet } from '../../src-main/vocabulary/kernels.ts';

const { platform, architecture, cpu, gpus } = await deviceFacts();

const has = (...features: string[]) => features.every((name) => cpu.features.includes(name));

/** The sets that this processor has and the kernels are compiled for, the widest first. */
export const processorSets: readonly InstructionSet[] = [
  ...(has('avx2', 'fma', 'avx512f', 'avx512vl', 'avx512bw', 'avx512dq') ? (['avx512'] as const) : []),
  ...(has('avx2', 'fma') ? (['avx2'] as const) : []),
];

/** Vectors are GCC's extensions. */
const isGcc = (await compilerVersion())?.includes('clang') === false;

/**
 * Whether the workbench must have kernels of its own here: tests of them run where it must and fail where it has none then, so
 * that kernels that no longer compile are found. Elsewhere they are skipped.
 */
export const mustHaveKernels =
  platform === 'linux' && architecture === 'x64' && isGcc && gpus.length === 0 && processorSets.length > 0;

/** Whether they must multiply bfloat16 as well. */
export const hasBfloat16 = mustHaveKernels && processorSets.includes('avx512') && has('avx512_bf16');
