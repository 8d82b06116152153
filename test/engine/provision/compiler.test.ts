import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runPath } from '../../../src-main/engine/provision/compiler.ts';
import { compilerCommand } from '../../../src-main/engine/provision/tools.ts';
import { WorkbenchError } from '../../../src-main/foundation/errors.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.runIf(process.platform === 'linux')('the path to the library', () => {
  test('is relative within the cache, whatever the path of the cache holds', () => {
    for (const cache of ['/home/a/.cache', '/data/a,b:c', '/$HOME/x']) {
      vi.stubEnv('VGG_CACHE', cache);
      expect(runPath(join(cache, 'tensorflow-2-cpu', 'tensorflow'), join(cache, 'addon'))).toEqual([
        ...['-Xlinker', '-rpath', '-Xlinker', '$ORIGIN/../tensorflow-2-cpu/tensorflow'],
      ]);
    }
  });

  test('is the whole one elsewhere, and no option of the linker', () => {
    vi.stubEnv('VGG_CACHE', '/cache');
    expect(runPath('/opt/tf,-z,now', '/cache/addon').at(-1)).toBe('/opt/tf,-z,now');
    // Its name only begins like the cache's.
    expect(runPath('/cache-of-all/tf', '/cache/addon').at(-1)).toBe('/cache-of-all/tf');
  });

  test('cannot have a colon there', () => {
    vi.stubEnv('VGG_CACHE', '/cache');
    expect(() => runPath('/opt/a:b', '/cache/addon')).toThrow(WorkbenchError);
  });
});

test('an empty CXX is none', () => {
  for (const [set, command] of [
    ['', 'g++'],
    [' ', 'g++'],
    ['clang++', 'clang++'],
  ] as const) {
    vi.stubEnv('CXX', set);
    expect(compilerCommand()).toBe(command);
  }
});
