/**
 * Returns the value made last, and makes a new one once that is too old: it ages from when it was made, however long that
 * took. Callers that ask while one is being made all wait for it; a failure is not kept.
 */
export function cachedFor<Value>(milliseconds: number, make: () => Promise<Value>): () => Promise<Value> {
  let kept: { value: Promise<Value>; until: number } | undefined;
  return () => {
    if (kept !== undefined && performance.now() < kept.until) return kept.value;
    const made = { value: make(), until: Infinity };
    kept = made;
    made.value.then(
      () => {
        made.until = performance.now() + milliseconds;
      },
      () => {
        if (kept === made) kept = undefined;
      },
    );
    return made.value;
  };
}
