import { WorkbenchError } from '../foundation/errors.ts';
import { readSmallFile } from '../foundation/files.ts';
import type { ClassOrder } from './classOrder.ts';

/** A list of classes is a few bytes a line; what is larger is another file. */
const mostBytes = 2 ** 22;

/**
 * The classes in a text file, one a line, in the order of a net's outputs. Empty lines at the end count for nothing.
 *
 * @throws WorkbenchError `class-list-unreadable` if it cannot be read, has an empty line, or names a class twice
 */
export function readClassList(path: string): ClassOrder {
  const text = readText(path);
  const names = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trim().normalize('NFC'));
  const empty = names.indexOf('');
  if (empty >= 0) throw unreadable(`Line ${empty + 1} of ${path} names no class.`);
  const twice = names.findIndex((name, line) => names.indexOf(name) < line);
  if (twice >= 0)
    throw unreadable(
      `${path} names the class ${names[twice] ?? ''} twice, the second time in line ${twice + 1}.`,
    );
  return { names, origin: `the list ${path}` };
}

function readText(path: string): string {
  let bytes: Buffer | undefined;
  try {
    bytes = readSmallFile(path, mostBytes);
  } catch (error) {
    throw unreadable(`The list of classes ${path} cannot be read.`, error);
  }
  if (bytes === undefined || bytes.includes(0)) throw unreadable(`${path} is no list of classes.`);
  return bytes.toString('utf8');
}

function unreadable(fact: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'class-list-unreadable',
    fact,
    "Give a text file with the name of one class a line, in the order of the net's outputs.",
    cause === undefined ? {} : { cause },
  );
}
