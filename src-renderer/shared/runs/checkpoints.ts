/** `epoch-0012`. */
const epochKind = /^epoch-(\d+)$/;

/** A run's checkpoints in the order of a slider: the kept epochs as they were trained, then the last, then the best. */
export function checkpointsInOrder(kinds: readonly string[]): string[] {
  const epochs = kinds.filter((kind) => epochKind.test(kind)).sort();
  return [...epochs, ...['last', 'best'].filter((kind) => kinds.includes(kind))];
}

/** `epoch 12`, `last`, `best`. */
export function checkpointName(kind: string): string {
  const epoch = epochKind.exec(kind)?.[1];
  return epoch === undefined ? kind : `epoch ${Number(epoch)}`;
}
