import { expect, it, onTestFinished } from 'vitest';
import { InsightProcess } from '../../src-main/supervisor/InsightProcess.ts';
import { testEngineFiles } from '../support/engine.ts';
import { trainerHere } from '../support/trainerHere.ts';

it('tells whoever asked that an answer cannot be read, and starts anew for the next question', async () => {
  let processes = 0;
  const insight = new InsightProcess(() => {
    const link = trainerHere(null);
    if (processes++ > 0) return link;
    const onMessage = link.onMessage.bind(link);
    link.onMessage = (receive) => {
      onMessage(() => {
        receive({ type: 'of another version' });
      });
    };
    return link;
  }, testEngineFiles);
  onTestFinished(() => {
    insight.close();
  });
  const question = { about: 'filters', checkpoint: 'nowhere', layer: 'conv1-64' } as const;
  await expect(insight.ask(question)).rejects.toThrow('invalid_union');
  await expect(insight.ask(question)).rejects.toMatchObject({ code: 'checkpoint-missing' });
  expect(processes).toBe(2);
});

it('ends a process that does not respond, tells whoever asked, and starts anew for the next question', async () => {
  const limits = { tick: 10, minSilence: 100, factor: 1, maxSilence: 100, grace: 0 };
  const error = { code: 'checkpoint-missing', message: 'None.', nextStep: 'Train.', kind: 'input' };
  const killed: number[] = [];
  let processes = 0;
  const insight = new InsightProcess(
    () => {
      const number = ++processes;
      let tell: (message: unknown) => void = () => undefined;
      return {
        onStart: () => undefined,
        send: (message) => {
          // The first one says nothing at all.
          if (number > 1 && message.type === 'ask') {
            setImmediate(() => {
              tell({ type: 'refused', id: message.id, error });
            });
          }
        },
        onMessage: (receive) => {
          tell = receive;
        },
        onOutput: () => undefined,
        onExit: () => undefined,
        kill: () => killed.push(number),
      };
    },
    testEngineFiles,
    { limits },
  );
  onTestFinished(() => {
    insight.close();
  });
  const question = { about: 'filters', checkpoint: 'nowhere', layer: 'conv1-64' } as const;
  await expect(insight.ask(question)).rejects.toMatchObject({ code: 'insight-unresponsive' });
  expect(killed).toEqual([1]);
  await expect(insight.ask(question)).rejects.toMatchObject({ code: 'checkpoint-missing' });
});
