import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeKeys } from '../../src-main/configuration/keys.ts';

const root = join(import.meta.dirname, '..', '..', 'src-renderer');

/** What only ui/ and styles/ write; everywhere else a token or a component stands for it. */
const own = {
  'a table: use ui/Table or ui/DataTable': /<table\b/,
  'a size of type: use var(--text-…)': /\bfont-size:\s*[\d.]|\bfont:[^;]*\d(px|em|rem)/,
  'a weight of type: use var(--weight-…)': /\bfont-weight:\s*\d/,
  'a region that scrolls: use ui/ScrollRegion': /a11y_no_noninteractive_tabindex/,
  'a measured element: use ui/BoxSize': /\bbind:(client|offset|content)/,
  'a layer: use var(--layer-…)': /\bz-index:\s*-?\d/,
};

const files = globSync('**/*.svelte', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('ui/'))
  .sort();

function faultsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Object.entries(own).flatMap(([fault, pattern]) =>
    pattern.test(text) ? [`${file} has ${fault}`] : [],
  );
}

test('tables, regions that scroll, type and layers come from ui/ and styles/', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.flatMap(faultsOf)).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|<!--[^]*?-->|(?<=^|\s)\/\/.*$/gm, '');
}

const straight = /.*[A-Za-z]'(?:s|t|re|ve|ll|d)\b.*/g;

test('texts of the window have one kind of apostrophe, the curly one', () => {
  const sources = globSync('**/*.{svelte,ts}', { cwd: root });
  expect(sources.length).toBeGreaterThan(300);
  const found = sources.flatMap((file) =>
    [...withoutComments(readFileSync(join(root, file), 'utf8')).matchAll(straight)].map(
      ([line]) => `${file}: ${line.trim()}`,
    ),
  );
  expect(found).toEqual([]);
});

test('so have the settings, the presets and the claims that it shows', () => {
  const resources = join(root, '..', 'resources');
  const files = globSync(['presets/*.yaml', 'claims/*.yaml'], { cwd: resources });
  expect(files.length).toBeGreaterThan(4);
  const texts = [
    ...describeKeys().map(({ description }) => description),
    ...files.map((file) => readFileSync(join(resources, file), 'utf8').replaceAll(/^\s*#.*$/gm, '')),
  ];
  expect(texts.flatMap((text) => text.match(straight) ?? [])).toEqual([]);
});

test('a number stays in one line with its sign', () => {
  const markup = (file: string) =>
    withoutComments(readFileSync(join(root, file), 'utf8')).replaceAll(
      /<(script|style)\b[^]*?<\/\1>|\{[^{}]*\}/g,
      '',
    );
  const all = globSync('**/*.svelte', { cwd: root });
  expect(
    all.flatMap((file) => (markup(file).match(/.*\d\s+[%×]\s.*/g) ?? []).map((line) => file + line)),
  ).toEqual([]);
});
