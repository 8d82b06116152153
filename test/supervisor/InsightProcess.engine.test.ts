import { expect, it, onTestFinished } from 'vitest';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { InsightProcess } from '../../src-main/supervisor/InsightProcess.ts';
import { testEngineFiles } from '../support/engine.ts';

it('tells whoever asked that an answer cannot be read, and starts anew for the next question', async () => {
  let processes = 0;
  const insight = new InsightProcess(() => {
    const link = forkTrainer();
    if (processes++ > 0) return link;
    return {
      ...link,
      onMessage: (receive) => {
        link.onMessage(() => {
          receive({ type: 'of another version' });
        });
      },
    };
  }, testEngineFiles);
  onTestFinished(() => {
    insight.close();
  });
  const question = { about: 'filters', checkpoint: 'nowhere', layer: 'conv1-64' } as const;
  await expect(insight.ask(question)).rejects.toThrow('invalid_union');
  await expect(insight.ask(question)).rejects.toMatchObject({ code: 'checkpoint-missing' });
  expect(processes).toBe(2);
});
