import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { buildProgram } from '../../src-main/hosts/cli/program.ts';
import { Session } from '../../src-main/hosts/cli/Session.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { root } from './markdown.ts';

/** Descriptions of options name commands as the manual does; they are its text. */
const described = ['(see vgg ', 'of "vgg data list"'];

/** The texts of a source: strings and the parts of templates. */
function textsOf(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it('the program prints commands as they can be pasted where nothing but npm ci was run', async () => {
  const session = new Session({ home: temporaryFolder(), json: false });
  const { commands } = buildProgram(session, await session.client.keys());
  await session.close();
  const names = commands.map((command) => command.name()).join('|');
  const texts = readdirSync(join(root, 'src-main'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(root, 'src-main', path))
    .filter((path) => readFileSync(path, 'utf8').includes('vgg'))
    .flatMap(textsOf)
    .filter((text) => !described.some((words) => text.includes(words)));
  const pasteable = new RegExp(`npm run -s vgg -- (${names})\\b`);
  expect(texts.filter((text) => pasteable.test(text)).length).toBeGreaterThan(20);
  const bare = new RegExp(`(?<!npm run -s )\\bvgg (${names})\\b`);
  expect(texts.filter((text) => bare.test(text))).toEqual([]);
});
