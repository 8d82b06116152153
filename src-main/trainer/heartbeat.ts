/** A beat is a message: more of them would tell no more. */
const millisecondsBetweenBeats = 1000;

/**
 * Beats for as long as the main thread of this process goes on: by a timer, when the event loop turns, and by the
 * function it returns, which long work that keeps the loop from turning calls in between. A thread of its own would go on
 * beating while the main thread hangs.
 *
 * @param beat sends a sign of life; is called at most once a second
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
