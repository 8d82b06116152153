/** Does work that may fail: the folders are the truth, and a failure here must not end a training. */
export function bestEffort(work: () => void): void {
  try {
    work();
  } catch {
    // Then the index lags behind, or a line of the log is missing.
  }
}
