import { LineCounter, Lexer, isMap, isScalar, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import { WorkbenchError } from '../foundation/errors.ts';
import { excerpt } from '../vocabulary/printable.ts';

/*
 * Reads YAML that anybody may have written. Its parser takes time with the square of the keys and anchors, so a text is
 * refused before that if it is longer than any configuration.
 */

export const maxBytesOfYaml = 1_000_000;
/** Words, marks and line breaks; a configuration with every key and its description takes 1,100. */
const maxLexemes = 20_000;
const maxAliases = 100;
const tooDeep = 'it is nested too deeply';

export interface YamlText {
  /** Plain values, lists and objects. */
  value: unknown;
  /** The line of a key such as `training.batch`, or of the innermost group that it would be in. */
  lineOf: (key: string) => number | undefined;
}

/** @param name of the file, for errors @throws WorkbenchError `invalid-yaml` */
export function readYaml(name: string, text: string): YamlText {
  const refuse = (fact: string, nextStep = 'Mend the line, then try again.') =>
    new WorkbenchError('invalid-yaml', `${name} is not YAML that can be read: ${fact}.`, nextStep);
  if (tooLong(text))
    throw refuse('it is longer than any configuration', 'Choose the file of a configuration.');
  const lines = new LineCounter();
  const at = (offset: number, fact: string) => refuse(`line ${lines.linePos(offset).line}: ${fact}`);
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    // A warning is about a tag or a directive that the parser does not know, so the value would be another.
    const [error] = [...document.errors, ...document.warnings];
    if (error?.code === 'MULTIPLE_DOCS') {
      throw at(error.pos[0], 'a second document begins, and a configuration is one');
    }
    if (error)
      throw at(error.pos[0], error.message.includes('call stack') ? tooDeep : excerpt(error.message));
    const wrong = wrongAlias(document);
    if (wrong) throw at(wrong.offset, wrong.fact);
    const value: unknown = document.toJS({ maxAliasCount: maxAliases });
    return {
      value,
      lineOf: (key) => {
        const offset = offsetOf(document, key);
        return offset === undefined ? undefined : lines.linePos(offset).line;
      },
    };
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    // The parser's recursion.
    if (error instanceof RangeError) throw refuse(tooDeep);
    throw error;
  }
}

function tooLong(text: string): boolean {
  if (text.length > maxBytesOfYaml) return true;
  let lexemes = 0;
  for (const _ of new Lexer().lex(text)) if (++lexemes > maxLexemes) return true;
  return false;
}

/** The first alias that cannot be read: it stands for nothing, for what it is part of or for other aliases. */
function wrongAlias(document: Document.Parsed): { offset: number; fact: string } | undefined {
  let count = 0;
  let wrong: { offset: number; fact: string } | undefined;
  visit(document, {
    Alias(_key, alias, path) {
      const target = alias.resolve(document);
      const fact = aliasFact(target, path, ++count);
      if (fact === undefined) return undefined;
      wrong = { offset: alias.range?.[0] ?? 0, fact: `*${excerpt(alias.source)} ${fact}` };
      return visit.BREAK;
    },
  });
  return wrong;
}

function aliasFact(target: Node | undefined, path: readonly unknown[], count: number): string | undefined {
  if (!target) return 'stands for nothing that is above it';
  if (path.includes(target)) return 'stands for what it is part of';
  if (holdsAlias(target)) return 'stands for other aliases';
  return count > maxAliases ? `is one of more than ${maxAliases} aliases` : undefined;
}

function holdsAlias(node: Node): boolean {
  let found = false;
  visit(node, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function offsetOf(document: Document.Parsed, key: string): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const name of key === '' ? [] : key.split('.')) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === name);
    if (pair === undefined || !isScalar(pair.key)) break;
    offset = pair.key.range?.[0];
    node = pair.value;
  }
  return offset;
}
