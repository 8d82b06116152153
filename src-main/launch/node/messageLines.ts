import { deserialize, serialize } from 'node:v8';

/*
 * Messages as lines of text, between processes that share only a pipe. They keep what JSON would not, such as a loss that is
 * no number.
 */

export function messageLine(message: unknown): string {
  return `${serialize(message).toString('base64')}\n`;
}

/** @throws Error for a line that is none */
export function messageIn(line: string): unknown {
  return deserialize(Buffer.from(line, 'base64'));
}
