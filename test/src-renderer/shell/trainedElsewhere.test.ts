import { expect, it } from 'vitest';
import { trainedElsewhere } from '../../../src-renderer/state/trainedElsewhere.ts';
import { summary } from '../shared/runs/summary.ts';

it('says who trains what this program does not, and how much', () => {
  const own = summary({ status: 'running' });
  const others = summary({ status: 'running', elsewhere: true });
  const onNode = summary({ status: 'running', elsewhere: true, host: 'node7' });
  expect(trainedElsewhere([])).toBeNull();
  expect(trainedElsewhere([own, summary()])).toBeNull();
  expect(trainedElsewhere([own, others])?.text).toBe('Another program trains 1 net');
  expect(trainedElsewhere([others, onNode])?.text).toBe('Another program trains 2 nets');
  expect(trainedElsewhere([onNode])?.text).toBe('Another machine trains 1 net');
  expect(trainedElsewhere([others, others])?.beside).toBe('2 nets that another program trains');
});
