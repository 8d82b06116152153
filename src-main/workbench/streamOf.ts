import { Feed } from '../foundation/Feed.ts';

/** The events of some work as a stream, which ends with the work and throws what it throws. */
export async function* streamOf<Event>(
  work: (emit: (event: Event) => void) => Promise<void>,
): AsyncGenerator<Event, void, undefined> {
  const feed = new Feed<Event>();
  const events = feed.read();
  const first = events.next();
  const done = work((event) => {
    feed.publish(event);
  }).finally(() => {
    feed.close();
  });
  // The stream reports a failure below; until then it must not count as unhandled.
  done.catch(() => undefined);
  for (let event = await first; event.done !== true; event = await events.next()) yield event.value;
  await done;
}
