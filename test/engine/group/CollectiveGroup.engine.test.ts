import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { freeAddresses } from '../../../src-main/supervisor/freeAddresses.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { valuesOf } from './valuesOf.ts';

const program = join(import.meta.dirname, 'sumProcess.ts');

/** Added in the order of the ranks, each sum rounded to float32. */
function sumInOrder(processes: number, length: number): Float32Array {
  const parts = Array.from({ length: processes }, (_, rank) => valuesOf(rank, length));
  return parts.reduce((total, part) =>
    total.map((value, index) => Math.fround(value + (part[index] ?? NaN))),
  );
}

// One value more than goes at once, so that there is a second piece, which does not divide among the processes.
it.each([
  { processes: 2, length: 2.5e6 + 1 },
  { processes: 3, length: 1000 },
])(
  'adds up $length values of $processes processes in the order of their ranks',
  async ({ processes, length }) => {
    await testEngineFiles();
    const addresses = await freeAddresses(processes);
    const ends = await Promise.all(
      addresses.map((_, rank) =>
        promisify(execFile)(process.execPath, [program, addresses.join(), String(rank), String(length)]),
      ),
    );
    const answer = {
      sum: createHash('sha256').update(sumInOrder(processes, length)).digest('hex'),
      gathered: String(addresses.map((_, rank) => [rank, NaN])),
    };
    for (const { stdout } of ends) {
      expect(z.looseObject({}).parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))).toEqual(answer);
    }
  },
);
