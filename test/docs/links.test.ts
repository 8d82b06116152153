import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, pages, pathsNamed, resolveLink, root, targetsOf, textOf } from './markdown.ts';

const isOfTheWeb = (target: string) => /^https?:/.test(target);

describe.each(pages())('%s', (page) => {
  const targets = targetsOf(page).filter((target) => !isOfTheWeb(target));

  it('has no link that leads nowhere', () => {
    const broken = targets.filter((target) => {
      const { file, anchor } = resolveLink(page, target);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchorsOf(file).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names no file of the project that there is not', () => {
    expect(pathsNamed(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('every page of docs/ and every picture is linked from another', () => {
  const linked = new Set(
    pages().flatMap((page) =>
      targetsOf(page)
        .filter((target) => !isOfTheWeb(target))
        .map((target) => resolveLink(page, target).file)
        .filter((file) => file !== page),
    ),
  );
  const pictures = readdirSync(join(root, 'docs', 'images')).map((name) => `docs/images/${name}`);
  const inDocs = pages().filter((page) => page.startsWith('docs/'));
  expect([...inDocs, ...pictures].filter((file) => !linked.has(file))).toEqual([]);
});

it('the README is short enough to be read', () => {
  expect(textOf('README.md').split('\n').length - 1).toBeLessThanOrEqual(120);
});
