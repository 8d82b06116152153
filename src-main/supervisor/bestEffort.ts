/** Does what may be left undone: the folders are the truth, and a failure here must not end a training. */
export function bestEffort(work: () => void): void {
  try {
    work();
  } catch {
    // The index lags behind then, or a line of the log is missing.
  }
}
