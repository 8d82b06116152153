import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { root, tableAfter } from './markdown.ts';

const page = 'docs/architecture.md';
const mainSide = '## The main side, folder by folder';
const tableSchema = z.record(z.string(), z.array(z.string()));
const lintSchema = z.object({
  mayImport: tableSchema,
  windowMayImport: tableSchema,
  doors: z.array(z.object({ folder: z.string(), packages: z.array(z.string()) })),
});

const config: unknown = await import(pathToFileURL(join(root, 'eslint.config.js')).href);
const lint = lintSchema.parse(config);

function imports(heading: string): Record<string, string[]> {
  return Object.fromEntries(
    tableAfter(page, heading).map(([folder = '', , allowed = '']) => [
      folder,
      allowed === 'nothing' ? [] : allowed.split(', ').sort(),
    ]),
  );
}

const sorted = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(table).map(([folder, allowed]) => [folder, [...allowed].sort()]));

const foldersIn = (side: string) =>
  readdirSync(join(root, side), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

it('says of each folder of the main side what lint lets it import, and leaves none out', () => {
  expect(imports(mainSide)).toEqual(sorted(lint.mayImport));
  expect(Object.keys(imports(mainSide)).sort()).toEqual(foldersIn('src-main'));
});

it('says of each folder of the window what lint lets it import, and leaves none out', () => {
  const heading = '## The window, folder by folder';
  expect(imports(heading)).toEqual(sorted(lint.windowMayImport));
  const code = foldersIn('src-renderer').filter((name) => !['styles', 'public'].includes(name));
  expect(Object.keys(imports(heading)).sort()).toEqual(code);
});

it('names the only folder that may import a package', () => {
  const written = tableAfter(page, '### Packages with one door').map(([packages, folder]) => [
    folder,
    packages,
  ]);
  const enforced = lint.doors.map(({ folder, packages }) => [
    folder,
    packages.map((name) => `\`${name}\``).join(', '),
  ]);
  expect(written).toEqual(enforced);
});
