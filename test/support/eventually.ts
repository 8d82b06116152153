import { expect } from 'vitest';

/** Expects of a value that it comes to be so, on a machine that has other things to do as well. */
export function eventually<Value>(read: () => Value | Promise<Value>) {
  return expect.poll(read, { timeout: 120_000, interval: 10 });
}
