import { expect, it, onTestFinished } from 'vitest';
import type { FetchEvent } from '../../../src-main/workbench/contract.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { temporaryFolder } from '../../data/imageFiles.ts';

function client() {
  const home = temporaryFolder();
  const startTrainer = () => {
    throw new Error('Nothing is trained here.');
  };
  const workbench = new Workbench({ home, startTrainer, host: plainHost('command line') });
  onTestFinished(() => workbench.close());
  return localClient(workbench);
}

async function fetched(name: string, file?: string): Promise<FetchEvent[]> {
  const events: FetchEvent[] = [];
  for await (const event of await client().datasets.fetch({ name, ...(file !== undefined && { file }) }))
    events.push(event);
  return events;
}

it('the datasets with names are listed, with what has to happen before they can be used', async () => {
  const datasets = await client().datasets.list();
  const facts = new Map(datasets.map((dataset) => [dataset.name, dataset]));
  expect(facts.get('fashion-mnist')).toMatchObject({ state: 'here', licence: 'MIT', fetched: null });
  expect(facts.get('fashion-scenes')).toMatchObject({
    state: 'to-render',
    title: expect.stringContaining('synthetic') as string,
  });
  expect(facts.get('cifar-100')).toMatchObject({
    state: 'to-fetch',
    classes: 100,
    fetched: { bytes: 168_513_733, byHand: expect.stringContaining('cifar-100-binary.tar.gz') as string },
  });
});

it('a dataset that is not there yet is asked for by name, with what to do', async () => {
  await expect(client().runs.create({ overrides: ['data.dataset=cifar-10'] })).rejects.toMatchObject({
    code: 'dataset-not-fetched',
    nextStep: expect.stringContaining('npm run -s vgg -- data get cifar-10') as string,
  });
});

it.each(['fashion-mnist', 'nope'])('what is not fetched cannot be: %s', async (name) => {
  await expect(fetched(name)).rejects.toMatchObject({ code: 'dataset-not-found' });
});

it('an archive that is not where a person says is reported', async () => {
  await expect(fetched('imagenette-160', '/nowhere/imagenette2-160.tgz')).rejects.toMatchObject({
    code: 'fetch-failed',
    message: 'There is no file /nowhere/imagenette2-160.tgz.',
  });
});
