import { describe, expect, it } from 'vitest';
import { Feed } from '../../src-main/foundation/Feed.ts';

async function collect<Event>(stream: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe('Feed', () => {
  it('gives every reader all that is published while it listens, in order', async () => {
    const feed = new Feed<number>();
    const readers = [collect(feed.read()), collect(feed.read())];
    for (const event of [1, 2]) feed.publish(event);
    await Promise.resolve();
    feed.publish(3);
    feed.close();
    expect(await Promise.all(readers)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('gives a reader that comes late the latest event, also after the end', async () => {
    const feed = new Feed<number>();
    for (const event of [1, 2]) feed.publish(event);
    feed.close();
    expect(await collect(feed.read())).toEqual([2]);
  });

  it('forgets a reader that leaves', async () => {
    const feed = new Feed<number>();
    const reader = feed.read();
    const first = reader.next();
    feed.publish(1);
    expect(await first).toEqual({ done: false, value: 1 });
    await reader.return();
    feed.publish(2);
    feed.close();
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });
});

it('begins a stream with the latest event of the moment at which it is first read', async () => {
  const feed = new Feed<number>();
  feed.publish(1);
  const events = feed.read();
  feed.publish(2);
  expect((await events.next()).value).toBe(2);
});
