import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { localClient } from '../../src-main/workbench/api.ts';
import { plainHost } from '../../src-main/workbench/Host.ts';
import { Workbench } from '../../src-main/workbench/Workbench.ts';
import { until } from '../support/until.ts';

/*
 * A program that works through the queue of a data folder: `queueProcess.ts HOME RUN…`. It says `under way` once the
 * first run has made a step.
 */

const [home = '', ...runs] = process.argv.slice(2);
const workbench = new Workbench({ home, startTrainer: forkTrainer, host: plainHost('browser') });
const client = localClient(workbench);
for (const id of runs) await client.queue.add({ kind: 'run', id });
const [first = ''] = runs;
await until(async () => {
  const { series } = await client.runs.get({ id: first });
  return series.some(({ name, latest }) => name === 'train/loss' && latest.step >= 2);
});
process.send?.('under way');
