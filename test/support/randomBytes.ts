/** Numbers in [0, 1) that are the same at every run (Park and Miller 1988). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
