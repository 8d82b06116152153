/**
 * The same stream, that hears at once when nobody reads on: a generator that waits for something inside would not, and
 * would wait on for ever.
 *
 * @param wake ends the wait
 */
export function endable<Event>(
  events: AsyncGenerator<Event, void, undefined>,
  wake: () => void,
): AsyncGenerator<Event, void, undefined> {
  const end = events.return.bind(events);
  events.return = (value) => {
    wake();
    return end(value);
  };
  return events;
}
