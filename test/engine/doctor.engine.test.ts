import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { engineExaminationSchema, examineEngine } from '../../src-main/engine/doctor.ts';
import { ownKernels } from '../../src-main/engine/kernels.ts';
import { openTensorFlow } from '../../src-main/engine/tensorflow.ts';
import { testEngineFiles } from '../support/engine.ts';
import { makeProgram, pathOf } from './provision/support.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

beforeEach(() => () => vi.unstubAllEnvs());

async function codes(): Promise<string[]> {
  return engineExaminationSchema.parse(await examineEngine()).problems.map(({ code }) => code);
}

test('a machine that is set up has its versions and no problem of the engine', async () => {
  const engine = await testEngineFiles();
  const examined = await examineEngine();
  expect(engineExaminationSchema.parse(JSON.parse(JSON.stringify(examined)))).toEqual(examined);
  expect(examined.versions).toEqual({
    node: process.version,
    tfjs: '4.22.0',
    tfjsNode: '4.22.0',
    tensorflow: engine.version,
  });
  expect(examined.library).toEqual({
    folder: engine.libraryFolder,
    addon: engine.addon,
    build: engine.build,
  });
  expect(examined.problems.map(({ code }) => code)).not.toContain('engine-not-provided');
  openTensorFlow(engine.addon);
  expect(examined.kernels.own).toBe(ownKernels());
  expect(examined.oneDnn).toBe(true);
});

test('all that a bare machine lacks is reported at once, and nothing is made', async () => {
  const cache = temporaryFolder();
  vi.stubEnv('VGG_CACHE', cache);
  vi.stubEnv('VGG_TENSORFLOW', '');
  vi.stubEnv('PATH', '/nonexistent');
  expect(await codes()).toEqual(['compiler-missing', 'python-missing', 'engine-not-provided']);
  expect(readdirSync(cache)).toEqual([]);
});

test('with a library of its own, pip is not missed', async () => {
  const { libraryFolder } = await testEngineFiles();
  vi.stubEnv('VGG_CACHE', temporaryFolder());
  vi.stubEnv('VGG_TENSORFLOW', libraryFolder);
  vi.stubEnv('PATH', pathOf('g++'));
  expect(await codes()).toEqual(['engine-not-provided']);
});

test('a library that lacks files is a problem, not an exception', async () => {
  vi.stubEnv('VGG_TENSORFLOW', temporaryFolder());
  expect(await codes()).toContain('library-incomplete');
});

test('kernels and oneDNN that are turned off are reported, and a GPU beside a CPU build', async () => {
  const { build } = await testEngineFiles();
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  makeProgram(folder, 'nvidia-smi', "echo '555.42.02, 24576, NVIDIA GeForce RTX 4090'");
  vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
  vi.stubEnv('VGG_ISA', 'none');
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
  const { kernels, problems } = engineExaminationSchema.parse(await examineEngine());
  expect(kernels.own).toBeNull();
  expect(kernels.why).not.toBeNull();
  const found = problems.map(({ code }) => code);
  expect(found).toContain('onednn-off');
  expect(found.includes('gpu-unused')).toBe(build === 'cpu');
});
