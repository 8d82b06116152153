import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { examineEngine } from '../../../src-main/engine/doctor.ts';
import type { SetupStage } from '../../../src-main/engine/provision/progress.ts';
import { findEngine, provideEngine } from '../../../src-main/engine/provision/provideEngine.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { compilerWithoutVectors } from './support.ts';

afterEach(() => vi.unstubAllEnvs());

/** What a small net of a process with the present environment answers, once trained for a step. */
async function answer(): Promise<string> {
  const program = join(import.meta.dirname, '..', 'fallbackProcess.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env: { ...process.env } });
  return stdout.trim().split('\n').at(-1) ?? '';
}

test("a library on the machine gets an addon that loads it, once; without the workbench's own kernels it has TensorFlow's operations, and doctor says why", async () => {
  const { libraryFolder } = await testEngineFiles();
  vi.stubEnv('VGG_ISA', 'none');
  const expected = await answer();
  vi.unstubAllEnvs();

  const cache = temporaryFolder();
  vi.stubEnv('VGG_CACHE', cache);
  vi.stubEnv('VGG_TENSORFLOW', libraryFolder);
  vi.stubEnv('CXX', compilerWithoutVectors());
  const stages: SetupStage[] = [];
  const onProgress = ({ stage }: { stage: SetupStage }) => stages.push(stage);
  const engine = await provideEngine({ onProgress });
  expect(stages).toEqual(['compile', 'ready']);
  expect(engine.libraryFolder).toBe(libraryFolder);
  expect(readdirSync(cache)).toHaveLength(1);
  const why = 'the compiler could not compile them';
  expect(engine.kernelsMissing).toBe(why);
  expect(await findEngine()).toEqual(engine);
  // The same bytes as an addon that has kernels and does not use them.
  expect(await answer()).toBe(expected);

  // Once it is there, it works without a compiler, and doctor tells that there is none.
  vi.stubEnv('CXX', join(temporaryFolder(), 'no-compiler'));
  expect(await provideEngine({ onProgress })).toEqual(engine);
  expect(stages).toEqual(['compile', 'ready', 'ready']);
  expect(createRequire(import.meta.url)(engine.addon)).toHaveProperty('TF_Version', engine.version);
  expect(await examineEngine()).toMatchObject({ compiler: null, kernels: { own: null, why }, problems: [] });
});
