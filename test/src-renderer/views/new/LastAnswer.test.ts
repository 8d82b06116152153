import { expect, it } from 'vitest';
import { LastAnswer } from '../../../../src-renderer/views/new/LastAnswer.ts';

it('performs once for a question, however often it is asked, and again for another', async () => {
  const answered = new LastAnswer();
  const performed: string[] = [];
  const ask = (question: string) =>
    answered.ask(question, () => {
      performed.push(question);
      return Promise.resolve();
    });
  await Promise.all([ask('width 1'), ask('width 1')]);
  await ask('width 2');
  await ask('width 2');
  expect(performed).toEqual(['width 1', 'width 2']);
  answered.forget();
  await ask('width 2');
  expect(performed).toEqual(['width 1', 'width 2', 'width 2']);
});

it('who asks the same while it is on its way waits for its answer', async () => {
  const answered = new LastAnswer();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const order: string[] = [];
  void answered.ask('width 1', () => promise.then(() => void order.push('answered')));
  const waits = answered.ask('width 1', () => Promise.reject(new Error('It is asked already.')));
  resolve(undefined);
  await waits;
  expect(order).toEqual(['answered']);
});
