interface Memory {
  memoryBytes: number;
  machineBytes: number;
}

/** Of some trainings the one that needs most memory, if that is more than the machine has by the estimate; else null. */
export function tooLarge(trainings: readonly (Memory | null | undefined)[]): Memory | null {
  const [largest] = trainings
    .flatMap((memory) => memory ?? [])
    .toSorted((one, other) => other.memoryBytes - one.memoryBytes);
  return largest && largest.memoryBytes > largest.machineBytes ? largest : null;
}
