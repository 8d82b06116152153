import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

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
