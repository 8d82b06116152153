/** Each beat is a message; more frequent ones would add nothing. */
const millisecondsBetweenBeats = 1000;

/**
 * Beats for as long as the main thread of this process makes progress: by a timer while the event loop turns, and by
 * the returned function, which long work that blocks the loop calls in between. A separate thread would go on beating
 * while the main thread hangs.
 *
 * @param beat sends a sign of life; called at most once a second
 */
export function startHeartbeat(beat: () => void): () => void {
  let beatenAt = -Infinity;
  const beatWhenDue = () => {
    const now = performance.now();
    if (now - beatenAt < millisecondsBetweenBeats) return;
    beatenAt = now;
    beat();
  };
  setInterval(beatWhenDue, millisecondsBetweenBeats).unref();
  return beatWhenDue;
}
