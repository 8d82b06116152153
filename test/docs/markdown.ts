import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** All pages that a reader may open: those of the first folder and of docs/, relative to the root. */
export function pages(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  return [...readdirSync(root), ...inDocs.map((name) => join('docs', name))]
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

export function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Where the links and pictures of a page lead, without code. */
export function targetsOf(page: string): string[] {
  return [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const headings = withoutBlocks(textOf(page)).matchAll(/^#{1,6} +(.+)$/gm);
  return new Set(Array.from(headings, ([, heading = '']) => anchorOf(heading)));
}

function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** The rows of the first table after a heading, without its head: the text of each cell. */
export function tableAfter(page: string, heading: string): string[][] {
  const [, text = ''] = textOf(page).split(`\n${heading}\n`);
  const [table = ''] = /(^\|.*\n)+/m.exec(text) ?? [];
  const [, , ...rows] = table.trim().split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The files and folders of the project that a page names in code: `src-main/training/train.ts`. */
export function pathsNamed(page: string): string[] {
  const named = textOf(page).matchAll(/`((?:src-main|src-renderer|test|resources|docs)\/[^`\s]+)`/g);
  return Array.from(named, ([, path = '']) => path).filter((path) => !path.includes('*'));
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^```.*?^```$/gms, '');
}

function withoutCode(text: string): string {
  return withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '');
}

/** A link of a page: the file that it leads to, relative to the root, and the anchor in it, if it names one. */
export function resolveLink(page: string, target: string): { file: string; anchor: string | undefined } {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : relative(root, join(root, page, '..', decodeURI(path)));
  return { file: file.replaceAll('\\', '/'), anchor };
}
