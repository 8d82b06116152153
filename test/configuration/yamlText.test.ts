import { describe, expect, it, test } from 'vitest';
import { examineRunConfig } from '../../src-main/configuration/resolve.ts';
import { readYaml } from '../../src-main/configuration/yamlText.ts';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';

function refusal(text: string): string {
  try {
    readYaml('train.yaml', text);
  } catch (error) {
    if (error instanceof WorkbenchError && error.code === 'invalid-yaml') return error.message;
    throw error;
  }
  throw new Error('the text was read');
}

/** The problem that a configuration of this text has. */
function problemOf(text: string): string {
  const [problem] = examineRunConfig({ file: { path: 'train.yaml', text } }).problems;
  return problem ? `${problem.code}: ${problem.message}` : '';
}

describe('readYaml', () => {
  it('gives the value, and the line of each key or of the group it would be in', () => {
    const { value, lineOf } = readYaml('f', '\ufefftraining: &t\r\n  batch: 32\r\nother: *t\r\n');
    expect(value).toEqual({ training: { batch: 32 }, other: { batch: 32 } });
    expect([lineOf('training'), lineOf('training.batch'), lineOf('training.epochs')]).toEqual([1, 2, 1]);
  });

  it.each([
    ['a: *b', 'line 1: *b stands for nothing that is above it'],
    ['a: 1\nb: &c {d: *c}', 'line 2: *c stands for what it is part of'],
    ['a: &a [1]\nb: &b [*a]\nc: [*b, *b]', 'line 3: *b stands for other aliases'],
    [`a: &a 1\nb: [${'*a, '.repeat(101)}]`, 'line 2: *a is one of more than 100 aliases'],
    ['a: 1\nb: !python/object:os.system x', 'line 2: Unresolved tag'],
    ['a: !!float 3', 'line 1: Unresolved tag'],
    ['a: 1\n---\na: 2', 'line 2: a second document begins'],
    ['a: 1\nb: {c: 2, c: 3}', 'line 2: Map keys must be unique'],
    ['%TAG x\n---\na: 1', 'line 1: '],
    [`a: ${'['.repeat(10_000)}`, 'nested too deeply'],
  ])('refuses %j by its line', (text, fact) => {
    expect(refusal(text)).toContain(fact);
  });

  test('a text that takes the parser long is not given to it', () => {
    const many = (count: number, line: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => line(index)).join('\n');
    for (const text of [
      many(50_000, (index) => `k${index}: &a${index} 1`),
      many(60_000, (index) => `key${index}: 1`),
      `#${'x'.repeat(1_000_000)}`,
      '- '.repeat(30_000),
    ]) {
      expect(refusal(text)).toContain('longer than any configuration');
    }
  });
});

describe('a configuration', () => {
  it.each([
    ['training: {learningRate: .inf}', 'training.learningRate cannot be .inf (line 1 of train.yaml)'],
    ['training: {learningRate: -.inf}', 'cannot be -.inf'],
    ['training: {momentum: .nan}', 'training.momentum cannot be .nan'],
    ['data: {mean: [1, .nan, 2]}', 'data.mean cannot be [1,".nan",2]'],
    ['"\\e]0;title\\a": 1', 'There is no key \\u001b]0;title\\u0007 (value 1'],
    ['training: {"\\u202eevil": 1}', 'There is no key training.\\u202eevil'],
  ])('of %j is refused, with its value as it was written', (text, message) => {
    expect(problemOf(text)).toContain(message);
  });

  it('quotes no more than 80 characters of a file that is none', () => {
    const line = 'root:x:0:0:root:/root:/bin/bash';
    const passwords = `${line}\n`.repeat(40);
    for (const text of [
      passwords,
      `training: ${passwords}`,
      `network: {config: "${'secret '.repeat(50)}"}`,
    ]) {
      const problem = problemOf(text);
      expect(problem.length).toBeLessThan(250);
    }
    expect(problemOf(`${'key'.repeat(100)}: 1`).length).toBeLessThan(250);
  });

  it('names its images from the folder of the user', () => {
    const { config } = examineRunConfig({ file: { path: 'f', text: 'data: {dataset: ~/images}' } });
    expect(config?.data.dataset).toMatch(/^(\/|[A-Z]:).*images$/);
    const { config: overridden } = examineRunConfig({ overrides: ['initialisation.from=~/net.pth'] });
    expect(overridden?.initialisation.from).toMatch(/^(\/|[A-Z]:).*net\.pth$/);
  });
});
