import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cacheHome, dataHome, expanded } from '../../src-main/foundation/home.ts';

const names = ['VGG_HOME', 'VGG_CACHE', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'LOCALAPPDATA', 'HOME'];
const own = join('/home', 'person');

function environment(values: Record<string, string>): void {
  for (const name of names) vi.stubEnv(name, values[name]);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

// The expected folders are those of the XDG Base Directory Specification.
describe.runIf(process.platform === 'linux')('folders', () => {
  test('are named by --home and the variables', () => {
    environment({ HOME: own, VGG_HOME: '/a', VGG_CACHE: '/b' });
    expect([dataHome(), dataHome('/c'), cacheHome()]).toEqual(['/a', '/c', '/b']);
    environment({ HOME: own, XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/e' });
    expect([dataHome(), cacheHome()]).toEqual(['/d/vgg-workbench', '/e/vgg-workbench']);
  });

  test('are those of the platform where a variable is empty', () => {
    for (const name of ['VGG_HOME', 'VGG_CACHE', 'XDG_DATA_HOME', 'XDG_CACHE_HOME']) {
      environment({ HOME: own, [name]: '' });
      expect([dataHome(), dataHome(''), cacheHome()], name).toEqual([
        `${own}/.local/share/vgg-workbench`,
        `${own}/.local/share/vgg-workbench`,
        `${own}/.cache/vgg-workbench`,
      ]);
    }
  });

  test.each(['', 'relative'])('are those of the system where HOME is "%s"', (home) => {
    environment({ HOME: home });
    const { homedir } = userInfo();
    expect(dataHome()).toBe(join(homedir, '.local/share/vgg-workbench'));
    expect(cacheHome()).toBe(join(homedir, '.cache/vgg-workbench'));
  });

  test('ignore relative folders of XDG', () => {
    environment({ HOME: own, XDG_DATA_HOME: 'data', XDG_CACHE_HOME: './cache' });
    expect([dataHome(), cacheHome()]).toEqual([
      `${own}/.local/share/vgg-workbench`,
      `${own}/.cache/vgg-workbench`,
    ]);
  });

  test('begin at the user for a ~ that no shell has expanded', () => {
    environment({ HOME: own, VGG_HOME: '~/runs' });
    expect(dataHome()).toBe(`${own}/runs`);
    expect(dataHome('~/other')).toBe(`${own}/other`);
    expect([expanded('~'), expanded('~/x y')]).toEqual([own, `${own}/x y`]);
    for (const path of ['~other/x', 'a/~', 'a/~/b', '~x', resolve('~')]) expect(expanded(path)).toBe(path);
  });
});
