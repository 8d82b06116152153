import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { instructionSets } from '../../src-main/vocabulary/kernels.ts';
import { relativeDifference } from '../support/golden.ts';

const answerSchema = z.object({ own: z.enum(instructionSets).nullable(), scores: z.array(z.number()) });

/** What a process answers whose processor has no more than an instruction set. */
async function answerWith(set: string) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'fallbackProcess.ts')],
    { env: { ...process.env, VGG_ISA: set } },
  );
  const [last = ''] = stdout.trim().split('\n').slice(-1);
  return answerSchema.parse(JSON.parse(last));
}

it("where there are no kernels for the processor, TensorFlow's operations train the same net", async () => {
  const [own, none] = [await answerWith(''), await answerWith('none')];
  expect(none.own).toBeNull();
  expect(relativeDifference(Float32Array.from(none.scores), Float32Array.from(own.scores))).toBeLessThan(
    1e-4,
  );
});
