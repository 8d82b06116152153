import { afterEach, expect, test, vi } from 'vitest';
import { wireOptions } from '../../src-main/workbench/wire.ts';

const [intercept] = wireOptions.clientInterceptors;

afterEach(() => {
  vi.restoreAllMocks();
});

async function written(error: Error): Promise<number> {
  const output = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await expect(intercept?.({ next: () => Promise.reject(error) })).rejects.toThrow(error.message);
  return output.mock.calls.length;
}

test('a question that was taken back is not written to the terminal, a defect is', async () => {
  expect(await written(new DOMException('Client aborted the request', 'AbortError'))).toBe(0);
  expect(await written(new TypeError('x is not a function'))).toBe(1);
});
