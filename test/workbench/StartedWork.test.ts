import { expect, it } from 'vitest';
import { StartedWork } from '../../src-main/workbench/StartedWork.ts';

function work(id: string) {
  const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
  return { id, ended, end: () => (end(undefined), ended) };
}

it('keeps all that is under way, and the latest that have ended', async () => {
  const started = new StartedWork<ReturnType<typeof work>>(2);
  const works = ['a', 'b', 'c', 'd', 'e'].map(work);
  const [a, b, c, d, e] = works;
  for (const each of works) started.add(each);
  for (const each of [b, c, d]) await each?.end();
  expect(started.all()).toEqual([a, c, d, e]);
  expect(started.get('b')).toBeUndefined();
  expect(started.get('c')).toBe(c);
});

it('tells what is under way from what has ended and is kept', async () => {
  const started = new StartedWork<ReturnType<typeof work>>();
  const [first, again, other] = [work('a'), work('a'), work('b')];
  for (const each of [first, other]) started.add(each);
  await first.end();
  expect(started.underWay()).toEqual([other]);
  started.add(again);
  await other.end();
  expect(started.underWay()).toEqual([again]);
});

it('does not forget one that was started anew with the end of the earlier one of its id', async () => {
  const started = new StartedWork<ReturnType<typeof work>>(0);
  const [first, second] = [work('a'), work('a')];
  started.add(first);
  started.add(second);
  await first.end();
  expect(started.get('a')).toBe(second);
  await second.end();
  expect(started.get('a')).toBeUndefined();
});
