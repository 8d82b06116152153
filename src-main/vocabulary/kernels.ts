/** The instruction sets that the workbench's own kernels are compiled for. */
export const instructionSets = ['avx2', 'avx512'] as const;
export type InstructionSet = (typeof instructionSets)[number];

/** What the convolutions of a training multiply: floats, or numbers rounded to bfloat16. */
export const precisions = ['float32', 'bfloat16'] as const;
export type Precision = (typeof precisions)[number];

/** What computes a net's layers on a CPU: the workbench's own kernels, or TensorFlow's. */
export function kernelsText(own: InstructionSet | null, bfloat16 = false): string {
  if (own === null) return 'TensorFlow’s';
  return `own, for ${own}${bfloat16 ? ' with bfloat16' : ''}`;
}

/** How many threads computed, and in how many processes; null where it was not noted. */
export function threadsText({ threads, processes }: { threads: number | null; processes: number }): string {
  const each = threads === null ? 'not noted' : String(threads);
  return processes === 1 ? each : `${each} in each of ${processes} processes`;
}
