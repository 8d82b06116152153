import { describe, expect, it } from 'vitest';
import { Recent } from '../../src-main/foundation/Recent.ts';

describe('Recent', () => {
  it('keeps what was used last, and lets go of the rest', async () => {
    const released: string[] = [];
    const recent = new Recent<string>(10, (value) => released.push(value));
    const made: string[] = [];
    const get = (key: string, bytes = 5) =>
      recent.get(key, () => {
        made.push(key);
        return { value: key, bytes };
      });
    await get('a');
    await get('b');
    await get('a');
    await get('c');
    expect(released).toEqual(['b']);
    expect(await get('large', 100)).toBe('large');
    expect(released.sort()).toEqual(['a', 'b', 'c']);
    await get('large');
    expect(made).toEqual(['a', 'b', 'c', 'large']);
  });
});
