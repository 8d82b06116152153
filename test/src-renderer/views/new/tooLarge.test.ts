import { expect, it } from 'vitest';
import { tooLarge } from '../../../../src-renderer/views/new/tooLarge.ts';

it('finds the largest of several trainings, if the machine has less memory', () => {
  const memory = (memoryBytes: number) => ({ memoryBytes, machineBytes: 8e9 });
  expect(tooLarge([memory(1e9), memory(90e9), null, memory(9e9)])).toEqual(memory(90e9));
  expect(tooLarge([memory(1e9), memory(8e9), undefined])).toBeNull();
  expect(tooLarge([])).toBeNull();
});
