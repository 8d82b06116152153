import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { libraryNames } from '../../../src-main/engine/provision/libraryFiles.ts';
import { findEngine, provideEngine } from '../../../src-main/engine/provision/provideEngine.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { compilerWithoutVectors, pathOf, refusal } from './support.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

let cache: string;

beforeEach(() => {
  cache = temporaryFolder();
  return () => vi.unstubAllEnvs();
});

/** From here on the engine is made anew, from a library that is on the machine. */
function startAnewFrom(library: string): void {
  vi.stubEnv('VGG_CACHE', cache);
  vi.stubEnv('VGG_TENSORFLOW', library);
}

/** Real libraries, compiled from a few lines, with a header that declares what they hold. */
function littleLibrary(body: string): string {
  const folder = temporaryFolder();
  const headers = join(folder, 'include/tensorflow/c');
  mkdirSync(headers, { recursive: true });
  writeFileSync(join(headers, 'c_api.h'), 'extern "C" const char* TF_Version();');
  writeFileSync(
    join(folder, 'library.cc'),
    `#include <cstdlib>\nextern "C" const char* TF_Version() { ${body} }`,
  );
  for (const name of libraryNames) {
    execFileSync('g++', ['-shared', '-fPIC', join(folder, 'library.cc'), '-o', join(folder, name)]);
  }
  return folder;
}

describe('a library on the machine', () => {
  test('is refused with the names of the files it lacks', async () => {
    const folder = temporaryFolder();
    startAnewFrom(folder);
    const error = await refusal(provideEngine());
    expect(error.code).toBe('library-incomplete');
    for (const name of libraryNames) expect(error.message).toContain(name);
    expect(error.message).toContain('c_api.h');
  });

  test('is refused when it does not run here', async () => {
    startAnewFrom(littleLibrary('abort();'));
    const error = await refusal(provideEngine());
    expect(error.code).toBe('library-unusable');
    expect(readdirSync(cache)).not.toContainEqual(expect.stringMatching(/addon-[0-9a-f]+$/));
  });

  test('is refused in the words of the compiler when the addon does not fit it', async () => {
    startAnewFrom(littleLibrary('return "2.0.0";'));
    vi.stubEnv('CXX', compilerWithoutVectors());
    const error = await refusal(provideEngine());
    expect(error.code).toBe('compile-failed');
    expect(error.message).toContain('tensorflow/c/');
  });

  test('needs a compiler', async () => {
    startAnewFrom(littleLibrary('return "2.0.0";'));
    vi.stubEnv('PATH', pathOf('python3'));
    expect((await refusal(provideEngine())).code).toBe('compiler-missing');
  });

  test('is one library by whatever path it is reached', async () => {
    const { libraryFolder } = await testEngineFiles();
    const link = join(temporaryFolder(), 'link');
    symlinkSync(libraryFolder, link);
    vi.stubEnv('VGG_TENSORFLOW', link);
    expect((await provideEngine()).libraryFolder).toBe(libraryFolder);
  });
});

test('nothing is found in an empty cache, and looking makes nothing', async () => {
  vi.stubEnv('VGG_CACHE', cache);
  vi.stubEnv('VGG_TENSORFLOW', '');
  expect(await findEngine()).toBeUndefined();
  expect(readdirSync(cache)).toEqual([]);
});
