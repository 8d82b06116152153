/** Does the work, unless the signal ends it: the work then throws the signal's reason. */
export async function untilAborted<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result | 'interrupted'> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted && error === signal.reason) return 'interrupted';
    throw error;
  }
}

/** Waits for the work, but throws the signal's reason if that comes first: the work then ends with the process. */
export function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
