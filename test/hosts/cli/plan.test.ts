import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deviceFacts } from '../../../src-main/engine/device.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { performHere } from './performHere.ts';

const budgetSchema = z.object({
  options: z.array(
    z.object({ crop: z.number(), width: z.number(), seconds: z.number(), ratesFrom: z.string() }),
  ),
  threads: z.number(),
  valImages: z.number(),
});

const { cpu, gpus } = await deviceFacts();
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** A home in which the net A of `quick` was measured by bench, on so many threads, alone or beside another. */
function measured(threads: number, alone = true): void {
  const rate = { config: 'A', width: 0.125, crop: 32, microBatch: 32, imagesPerSecond: 500 };
  const noted = { measuredAt: '2026-01-02T00:00:00.000Z', threads, alone };
  mkdirSync(join(folder, 'home'));
  writeFileSync(
    join(folder, 'home', 'rates.json'),
    JSON.stringify(
      [cpu.model, ...gpus.map(({ name }) => name)].map((processor) => ({ ...rate, processor, ...noted })),
    ),
  );
}

async function plan(...words: string[]): Promise<string> {
  // No engine is needed where rates are known, nor one that is named.
  const environment = { VGG_HOME: join(folder, 'home'), VGG_TENSORFLOW: '' };
  const { code, stdout, stderr } = await performHere({ folder, environment }, ['plan', ...words]);
  expect(code, stderr).toBe(0);
  return stdout;
}

describe('vgg plan', () => {
  it('says what fits, the preset’s own size too, the command, and from which rates', async () => {
    measured(cpu.cores);
    const text = await plan('--minutes', '60', '--preset', 'quick', '--nets', 'A');
    expect(text).toMatch(/^ *32 +0\.125 .* measured$/m);
    expect(text).toMatch(/^ *56 +0\.125 .* by work$/m);
    expect(text).toMatch(
      /^ {2}npm run -s vgg -- reproduce .*--preset quick --seeds \S+ --nets A network\.crop=/m,
    );
    expect(text).toContain(`on ${cpu.cores} thread`);
    expect(text).toContain('waiting for their images');
    expect(text).toContain('2,000 validation images');
  });

  it('plans nets at once as reproduce would train them, and says so in the command', async () => {
    measured(Math.max(1, Math.floor(cpu.cores / 2)), false);
    const text = await plan('--minutes', '60', '--preset', 'quick', '--parallel', '2');
    expect(text).toContain('2 nets at once');
    expect(text).toMatch(/npm run -s vgg -- reproduce .* --parallel 2 network\.crop=/);
  });

  it('takes no rate of other threads for its own', async () => {
    measured(cpu.cores);
    const settings = ['--minutes', '60', '--preset', 'quick', '--nets', 'A', '--json'];
    const own = budgetSchema.parse(JSON.parse(await plan(...settings)));
    expect(own).toMatchObject({ threads: cpu.cores, valImages: 2000 });
    expect(own.options[0]).toMatchObject({ crop: 32, width: 0.125, ratesFrom: 'measured' });
    expect(new Set(own.options.slice(1).map(({ ratesFrom }) => ratesFrom))).toEqual(new Set(['scaled']));
  });
});
