import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelParts } from '../../../src-main/engine/provision/addonParts.ts';
import { compile, compileParts } from '../../../src-main/engine/provision/compiler.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { hasBfloat16, mustHaveKernels, processorSets } from '../../support/kernels.ts';

/** Both sanitizers; without most optimisations, which take long and would leave less to look at. */
const watched = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-Wno-psabi'];

const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.runIf(mustHaveKernels)('watched by AddressSanitizer and UndefinedBehaviorSanitizer', () => {
  describe.each(processorSets)('the kernels for %s', (set) => {
    const program = join(folder, `kernels-${set}`);

    /** They, with `kernels.cc` of this folder. */
    beforeAll(async () => {
      const { libraryFolder } = await testEngineFiles();
      const context = { onProgress: () => undefined };
      const parts = kernelParts(watched).filter(({ name }) => [set, 'threads', 'memory'].includes(name));
      const source = join(import.meta.dirname, 'kernels.cc');
      const test = { source, name: 'test', parameters: [...watched, `-DVGG_KERNELS=${set}Kernels`] };
      const objects = await compileParts([...parts, test], libraryFolder, folder, context);
      await compile([...watched, ...objects, '-pthread'], libraryFolder, program, context);
    });

    // Output and gradients against sums in float64, within 5e-6 of the greatest value; the same bytes a second time.
    it.each(['1', '2', '3'])('agree with plain sums over many shapes on %s threads', async (threads) => {
      const rounds = threads === '2' ? '25' : '5';
      const { stdout } = await promisify(execFile)(program, [rounds], {
        env: { ...process.env, VGG_THREADS: threads },
      });
      expect(stdout).toMatch(new RegExp(`^${set}: output \\S+, by maps`, 'm'));
      if (set === 'avx512' && hasBfloat16) expect(stdout).toContain('bfloat16: output');
    });
  });
});
