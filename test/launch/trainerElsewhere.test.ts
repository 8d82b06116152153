import { expect, it } from 'vitest';
import { messageIn, messageLine } from '../../src-main/launch/node/messageLines.ts';
import { trainerElsewhere } from '../../src-main/launch/node/trainerElsewhere.ts';

it('keeps in a line of text what is no number in JSON', () => {
  const message = { type: 'metrics', values: { loss: NaN, rate: -0, most: Infinity }, text: 'two\nlines' };
  const line = messageLine(message);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(messageIn(line.trimEnd())).toEqual(message);
});

it('passes on messages, what is printed, and how a program has ended', async () => {
  // It sends back what it hears, prints that it has, and ends with 7.
  const link = trainerElsewhere(['sh', '-c', 'read line; echo "$line"; echo heard >&2; exit 7']);
  const ended = Promise.withResolvers<unknown>();
  const [messages, printed]: [unknown[], string[]] = [[], []];
  link.onMessage((message) => messages.push(message));
  link.onOutput((text) => printed.push(text));
  link.onExit(ended.resolve);
  link.send({ type: 'stop' });
  expect(await ended.promise).toEqual({ code: 7, signal: null });
  expect(messages).toEqual([{ type: 'stop' }]);
  expect(printed.join('')).toBe('heard\n');
});

it('ends a program that is to end at once', async () => {
  const link = trainerElsewhere(['sleep', '1000']);
  const ended = Promise.withResolvers<unknown>();
  link.onExit(ended.resolve);
  link.kill();
  expect(await ended.promise).toEqual({ code: null, signal: 'SIGKILL' });
});

it('says that a program which is missing did not run', async () => {
  const link = trainerElsewhere(['/nowhere/srun']);
  const ended = Promise.withResolvers<unknown>();
  link.onExit(ended.resolve);
  expect(await ended.promise).toEqual({ code: null, signal: null });
});
