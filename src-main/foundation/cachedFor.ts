/**
 * Answers with what was made, and makes it anew once it is that old. Whoever asks while it is being made waits for the
 * same; a failure is not kept.
 */
export function cachedFor<Value>(milliseconds: number, make: () => Promise<Value>): () => Promise<Value> {
  let kept: { value: Promise<Value>; until: number } | undefined;
  return () => {
    if (kept !== undefined && performance.now() < kept.until) return kept.value;
    const made = { value: make(), until: performance.now() + milliseconds };
    kept = made;
    made.value.catch(() => {
      if (kept === made) kept = undefined;
    });
    return made.value;
  };
}
