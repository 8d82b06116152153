import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openTensorFlow } from '../../../src-main/engine/tensorflow.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { mustHaveKernels } from '../../support/kernels.ts';

/** Megabytes of the library's files that are in memory and were not changed. */
function cleanMegabytes(): number {
  const mappings = readFileSync('/proc/self/smaps', 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m);
  const kilobytes = (mapping: string, field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(mapping)?.[1] ?? 0);
  return mappings
    .filter((mapping) => mapping.includes('libtensorflow') && kilobytes(mapping, 'Anonymous') === 0)
    .reduce((sum, mapping) => sum + kilobytes(mapping, 'Rss') / 1024, 0);
}

it.runIf(mustHaveKernels)(
  "gives back most pages of TensorFlow's libraries that loading them has touched: 290 MB on x64",
  async () => {
    const { addon } = await testEngineFiles();
    openTensorFlow(addon);
    expect(cleanMegabytes()).toBeLessThan(150);
  },
);
