/**
 * The same stream, but it ends at once when its reader stops. A generator that is waiting inside would not notice, and
 * would wait for ever.
 *
 * @param wake ends that wait
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
