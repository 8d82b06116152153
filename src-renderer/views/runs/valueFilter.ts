import type { RunSummary } from '../../../src-main/workbench/contract.ts';
import type { RunColumn, SortValue } from './columns.ts';

/*
 * What the search of the list of runs understands besides words: `top1<30`, `lr=0.01`, `batch>=128`, `weightDecay=0.0005,0.001`,
 * `top1=20..30`, `net!=A`, and `name~^sweep` by a regular expression. A name is a column's: its id, its title, the last part of
 * a setting's key, or a short form.
 */

const operators = ['<=', '>=', '!=', '<', '>', '=', '~'] as const;
type Operator = (typeof operators)[number];

const condition = /^([^\s<>=!~]+)(<=|>=|!=|<|>|=|~)(.+)$/;
/** Spaces around an operator: `top1 < 30`. */
const loose = /\s*(<=|>=|!=|<|>|=|~)\s*/g;

const shortForms = new Map([
  ['lr', 'training.learningRate'],
  ['learningrate', 'training.learningRate'],
  ['wd', 'training.weightDecay'],
  ['bs', 'training.batch'],
  ['s', 'trainScale'],
  ['q', 'testScales'],
]);

export interface Search {
  /** What is searched for in names, ids, tags and notes. */
  words: string;
  conditions: Condition[];
}

export interface Condition {
  text: string;
  matches: (run: RunSummary) => boolean;
}

/** The words and the conditions of a search. What names no column is a word. */
export function readSearch(search: string, columns: readonly RunColumn[]): Search {
  const words: string[] = [];
  const conditions: Condition[] = [];
  for (const part of search
    .replaceAll(loose, '$1')
    .split(/\s+/)
    .filter((text) => text !== '')) {
    const [, name = '', operator, operand = ''] = condition.exec(part) ?? [];
    const column = columnOf(name, columns);
    const matches = column && isOperator(operator) ? matcher(operator, operand) : undefined;
    if (column && matches) {
      conditions.push({ text: part, matches: (run) => matches(column.value(run), column.text(run)) });
    } else words.push(part);
  }
  return { words: words.join(' '), conditions };
}

/** With a condition on a column in place of those that it had. */
export function withCondition(search: string, column: RunColumn, condition: string): string {
  const kept = search
    .replaceAll(loose, '$1')
    .split(/\s+/)
    .filter((part) => part !== '' && !part.startsWith(`${column.id}=`));
  return [...kept, `${column.id}${condition}`].join(' ');
}

function columnOf(name: string, columns: readonly RunColumn[]): RunColumn | undefined {
  if (name === '') return undefined;
  const sought = plain(name);
  const id = shortForms.get(sought);
  return (
    columns.find((column) => column.id === (id ?? name)) ??
    columns.find((column) => plain(column.id) === sought || plain(column.title) === sought) ??
    columns.find((column) => plain(column.id.slice(column.id.lastIndexOf('.') + 1)) === sought)
  );
}

/** `Top-1 error` as somebody may write it: `top1error`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

function isOperator(text: string | undefined): text is Operator {
  return operators.some((operator) => operator === text);
}

type Matcher = (value: SortValue, text: string) => boolean;

/** Undefined for what cannot be compared with: a regular expression that is none. */
function matcher(operator: Operator, operand: string): Matcher | undefined {
  switch (operator) {
    case '=':
      return anyOf(operand);
    case '!=': {
      const is = anyOf(operand);
      return (value, text) => !is(value, text);
    }
    case '~':
      return byExpression(operand);
    default:
      return byOrder(operator, numberOf(operand));
  }
}

function anyOf(operand: string): Matcher {
  const range = /^(.*)\.\.(.*)$/.exec(operand);
  if (range) {
    const [, from = '', to = ''] = range;
    const low = from === '' ? -Infinity : numberOf(from);
    const high = to === '' ? Infinity : numberOf(to);
    return (value) => typeof value === 'number' && value >= low && value <= high;
  }
  const texts = comparable(operand).split(',');
  const numbers = texts.map(numberOf);
  return (value, text) =>
    texts.includes(comparable(text)) || (typeof value === 'number' && numbers.includes(value));
}

/** Without capitals, and a range of S by either dash. */
function comparable(text: string): string {
  return text.toLowerCase().replaceAll('–', '-');
}

function byOrder(operator: '<=' | '>=' | '<' | '>', bound: number): Matcher {
  return (value) => {
    if (typeof value !== 'number') return false;
    if (operator === '<') return value < bound;
    if (operator === '<=') return value <= bound;
    return operator === '>' ? value > bound : value >= bound;
  };
}

function byExpression(pattern: string): Matcher | undefined {
  try {
    const expression = new RegExp(pattern, 'i');
    return (_, text) => expression.test(text);
  } catch {
    return undefined;
  }
}

function numberOf(text: string): number {
  const digits = text.replace(/%$/, '');
  return digits === '' ? NaN : Number(digits);
}
