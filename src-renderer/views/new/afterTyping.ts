const pauseMs = 250;

/** Performs after a pause; what it returns takes it back. As an effect, it waits until a person has stopped typing. */
export function afterTyping(perform: () => void): () => void {
  const timer = setTimeout(perform, pauseMs);
  return () => {
    clearTimeout(timer);
  };
}
