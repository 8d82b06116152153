import { globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildFolder, projectFolder } from '../../../src-main/foundation/project.ts';
import { builtApp } from '../../support/builtApp.ts';

const imported = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*(['"])(?<name>[^'"]+)\1/g;
const electronHost = join('hosts', 'electron') + sep;

function importsOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(imported)].flatMap(({ groups }) => groups?.name ?? []);
}

/** The modules of a folder that a module is made of, itself among them, relative to the folder. */
function reachable(folder: string, from: string, found = new Set<string>()): Set<string> {
  if (found.has(from)) return found;
  found.add(from);
  for (const name of importsOf(join(folder, from))) {
    if (name.startsWith('.')) reachable(folder, join(dirname(from), name), found);
  }
  return found;
}

beforeAll(builtApp);

it('has Electron in the modules of its host alone', () => {
  const main = join(buildFolder, 'main');
  const importing = globSync('**/*.js', { cwd: main }).filter((path) =>
    importsOf(join(main, path)).includes('electron'),
  );
  expect(importing).toContain(join('hosts', 'electron', 'main.js'));
  expect(importing.filter((path) => !path.startsWith(electronHost))).toEqual([]);
});

it.each([join('trainer', 'main.js'), join('data', 'imageWorker.js')])('runs %s without its host', (entry) => {
  const modules = reachable(join(buildFolder, 'main'), entry);
  expect(modules.size).toBeGreaterThan(5);
  expect([...modules].filter((path) => path.startsWith('hosts'))).toEqual([]);
});

it.each([
  ['command line', join('hosts', 'cli', 'main.ts')],
  ['browser host', join('hosts', 'browser', 'main.ts')],
])('keeps the host of Electron out of the %s', (_name, entry) => {
  const sources = join(projectFolder, 'src-main');
  const modules = reachable(sources, entry);
  expect(modules).toContain(join('workbench', 'Workbench.ts'));
  expect([...modules].filter((path) => path.startsWith(electronHost))).toEqual([]);
  expect([...modules].filter((path) => importsOf(join(sources, path)).includes('electron'))).toEqual([]);
});
