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
});

test('a bare machine is told all it lacks at once, and nothing is made', async () => {
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

test('the kernels that the addon will use are told, or why it has none', async () => {
  openTensorFlow((await testEngineFiles()).addon);
  expect((await examineEngine()).kernels.own).toBe(ownKernels());
  vi.stubEnv('VGG_ISA', 'none');
  const { kernels } = await examineEngine();
  expect(kernels.own).toBeNull();
  expect(kernels.why).not.toBeNull();
});

test('oneDNN turned off is a problem', async () => {
  expect((await examineEngine()).oneDnn).toBe(true);
  vi.stubEnv('TF_ENABLE_ONEDNN_OPTS', '0');
  expect(await codes()).toContain('onednn-off');
});

test('a GPU beside a CPU build is pointed out', async () => {
  const engine = await testEngineFiles();
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  makeProgram(folder, 'nvidia-smi', "echo '555.42.02, 24576, NVIDIA GeForce RTX 4090'");
  vi.stubEnv('PATH', `${folder}:${process.env.PATH ?? ''}`);
  expect((await codes()).includes('gpu-unused')).toBe(engine.build === 'cpu');
});
