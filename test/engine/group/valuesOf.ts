/** Values of a process of a group, of so different sizes that the order of additions decides the last bits. */
export function valuesOf(rank: number, length: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, index) => (((index * 7919 + rank * 104729) % 1009) - 504) * 3 ** ((index + rank) % 11),
  );
}
