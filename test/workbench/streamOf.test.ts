import { describe, expect, it } from 'vitest';
import { streamOf } from '../../src-main/workbench/streamOf.ts';

describe('streamOf', () => {
  it('emits what the work emits and ends with it', async () => {
    const events: number[] = [];
    const stream = streamOf<number>(async (emit) => {
      emit(1);
      await Promise.resolve();
      emit(2);
    });
    for await (const event of stream) events.push(event);
    expect(events).toEqual([1, 2]);
  });

  it('throws what the work throws, after what it emitted', async () => {
    const events: number[] = [];
    const read = async () => {
      const stream = streamOf<number>((emit) => {
        emit(1);
        return Promise.reject(new Error('broken'));
      });
      for await (const event of stream) events.push(event);
    };
    await expect(read()).rejects.toThrow('broken');
    expect(events).toEqual([1]);
  });
});
