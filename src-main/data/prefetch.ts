/**
 * Does tasks in order while keeping `ahead` of them running: the next ones are started before a result is returned.
 * A failed task fails at its turn, not earlier.
 */
export async function* prefetch<Result>(
  tasks: Iterable<() => Promise<Result>>,
  ahead: number,
): AsyncGenerator<Result, void, undefined> {
  const source = tasks[Symbol.iterator]();
  const underWay: Promise<Result>[] = [];
  const fill = () => {
    while (underWay.length < ahead) {
      const next = source.next();
      if (next.done === true) return;
      const result = next.value();
      // Nothing awaits it until its turn comes; without this a failure would count as unhandled.
      result.catch(() => undefined);
      underWay.push(result);
    }
  };
  fill();
  for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
    const result = await first;
    fill();
    yield result;
  }
}
