import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { multipliesBfloat16, ownKernels } from '../../src-main/engine/kernels.ts';
import { instructionSets } from '../../src-main/vocabulary/kernels.ts';
import { openTestEngine, testEngineFiles } from '../support/engine.ts';
import { relativeDifference } from '../support/golden.ts';
import { hasBfloat16, mustHaveKernels, processorSets } from '../support/kernels.ts';

const answerSchema = z.object({
  own: z.enum(instructionSets).nullable(),
  bfloat16: z.boolean(),
  scores: z.array(z.number()),
});

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

describe.runIf(mustHaveKernels)('on Linux, with g++ and a processor that has AVX2', () => {
  it('the kernels are compiled, and the engine uses those for the widest vectors', async () => {
    expect((await testEngineFiles()).kernelsMissing).toBeNull();
    await openTestEngine();
    expect(ownKernels()).toBe(processorSets[0]);
    expect(multipliesBfloat16()).toBe(hasBfloat16);
  });

  it('every instruction set of the processor can be asked for, and trains the same net', async () => {
    const none = await answerWith('none');
    expect(none).toMatchObject({ own: null, bfloat16: false });
    for (const set of processorSets) {
      const { own, bfloat16, scores } = await answerWith(set);
      expect(own).toBe(set);
      expect(bfloat16).toBe(set === 'avx512' && hasBfloat16);
      expect(relativeDifference(Float32Array.from(none.scores), Float32Array.from(scores))).toBeLessThan(
        1e-4,
      );
    }
  });
});
