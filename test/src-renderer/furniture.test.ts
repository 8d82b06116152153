import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const tests = join(import.meta.dirname, 'ui');

test('each component of ui/ is mounted by a test', () => {
  const components = globSync('*.svelte', { cwd: join(tests, '..', '..', '..', 'src-renderer', 'ui') });
  expect(components).toContain('Table.svelte');
  const texts = globSync('*.{test.ts,svelte}', { cwd: tests }).map((file) =>
    readFileSync(join(tests, file), 'utf8'),
  );
  const mounted = (component: string) => texts.some((text) => text.includes(`/ui/${component}'`));
  expect(components.filter((component) => !mounted(component))).toEqual([]);
});
