import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { writeSafetensors } from '../../../src-main/foundation/safetensors.ts';
import { forkTrainer } from '../../../src-main/hosts/forkTrainer.ts';
import { PlateauSchedule } from '../../../src-main/training/PlateauSchedule.ts';
import { parametricLayers } from '../../../src-main/vgg/layers.ts';
import { layersOf } from '../../../src-main/vgg/layersOf.ts';
import { storedTensors } from '../../../src-main/vgg/weights/layout.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { codeOfAsync, config } from '../../runs/fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { goldenArchitecture, goldenFile } from '../../support/golden.ts';

const mean = [120, 110, 100] as const;

/** A workbench with one run, whose best weights are those of a net of PyTorch's. */
async function withRun(kind: 'command line' | 'browser' = 'command line') {
  const workbench = new Workbench({
    home: temporaryFolder(),
    startTrainer: forkTrainer,
    host: plainHost(kind),
  });
  onTestFinished(() => workbench.close());
  const { log } = workbench;
  const runConfig = config(
    'network.config=A',
    'network.width=0.0625',
    'network.crop=64',
    'data.deviation=[2,3,4]',
  );
  const { id } = log.create({ config: runConfig });
  const architecture = goldenArchitecture('A');
  const golden = goldenFile('A');
  const tensors = parametricLayers(layersOf(architecture))
    .flatMap((layer) => storedTensors(layer))
    .map(({ name, shape }) => ({ name, shape, values: () => golden.read(name) }));
  const state = {
    version: 1,
    seed: 1,
    mean,
    step: 20,
    epoch: 2,
    stepInEpoch: 0,
    seconds: 3,
    best: null,
    schedule: new PlateauSchedule(runConfig.training).state,
  };
  mkdirSync(log.folder(id).checkpoints);
  writeSafetensors(log.folder(id).checkpoint('best'), tensors, {
    'vgg-workbench.architecture': JSON.stringify(architecture),
    'vgg-workbench.state': JSON.stringify(state),
  });
  log.setStatus(id, 'finished');
  return { id: (await log.reconcile(id)).id, client: localClient(workbench), workbench };
}

type Client = Awaited<ReturnType<typeof withRun>>['client'];

async function exported(
  client: Client,
  requested: Parameters<Client['exchange']['export']>[0],
): Promise<string[]> {
  for await (const event of await client.exchange.export(requested)) {
    if (event.type === 'exported') return event.paths;
  }
  throw new Error('An export ends with its paths.');
}

it('writes a checkpoint in each format, with what others must know of it', async () => {
  const { id, client } = await withRun();
  const folder = temporaryFolder();
  for (const [format, name] of [
    ['safetensors', 'net.safetensors'],
    ['onnx', 'net.onnx'],
    ['tfjs', 'net'],
  ] as const) {
    const target = join(folder, name);
    expect(await exported(client, { as: 'weights', run: id, format, target })).toEqual([target]);
  }
  const model = z
    .looseObject({ userDefinedMetadata: z.unknown() })
    .parse(JSON.parse(readFileSync(join(folder, 'net', 'model.json'), 'utf8')));
  expect(model.userDefinedMetadata).toMatchObject({
    architecture: goldenArchitecture('A'),
    preprocessing: { channels: 'RGB', crop: 64, mean, deviation: [2, 3, 4] },
    classes: expect.arrayContaining(['Trouser', 'Ankle-boot']) as unknown,
    source: { run: id, checkpoint: 'best', step: 20, epoch: 2 },
  });
});

it('offers each kind of export to a browser as one file, and leaves nothing else', async () => {
  const { id, client, workbench } = await withRun('browser');
  const runs = [id];
  for (const [requested, name, holds] of [
    [{ as: 'archive', runs }, `${id}.zip`, `runs/${id}/config.yaml`],
    [{ as: 'folders', runs }, `${id}-folders.zip`, `${id}/config.yaml`],
    [{ as: 'tensorboard', runs }, `${id}-tensorboard.zip`, `${id}/events.out`],
    [{ as: 'weights', run: id, format: 'onnx' }, `${id}-best.onnx`, 'conv1_1'],
    [{ as: 'weights', run: id, format: 'safetensors' }, `${id}-best.safetensors`, 'features.0.weight'],
    [{ as: 'weights', run: id, format: 'tfjs' }, `${id}-best-tfjs.zip`, 'model.json'],
  ] as const) {
    let offered: { id: string; name: string; bytes: number } | null = null;
    const request = { ...requested, ...('runs' in requested && { runs: [...runs] }), target: null };
    for await (const event of await client.exchange.export(request)) {
      if (event.type === 'exported') offered = event.download;
    }
    const { path = '', bytes } = workbench.downloads.find(offered?.id ?? '') ?? {};
    const content = readFileSync(path);
    expect(offered).toMatchObject({ name, bytes: content.byteLength });
    expect(bytes).toBe(content.byteLength);
    expect(content.includes(holds), name).toBe(true);
    expect(readdirSync(dirname(path))).toEqual([name]);
  }
  await workbench.close();
  expect(readdirSync(join(workbench.home, 'downloads'))).toEqual([]);
});

it('offers nothing where there is no browser', async () => {
  const { id, client } = await withRun();
  const request = { as: 'archive', runs: [id], target: null } as const;
  expect(await codeOfAsync(exported(client, { ...request, runs: [id] }))).toBe('no-downloads');
});

it('writes over nothing but event files', async () => {
  const { id, client } = await withRun();
  const folder = temporaryFolder();
  const runs = [id];
  for (const requested of [
    { as: 'weights', run: id, format: 'onnx', target: join(folder, 'net.onnx') },
    { as: 'archive', runs, target: join(folder, 'run.zip') },
    { as: 'folders', runs, target: join(folder, 'copies') },
  ] as const) {
    const [path = ''] = await exported(client, requested);
    expect(await codeOfAsync(exported(client, requested)), path).toBe('target-exists');
  }
  const events = { as: 'tensorboard', runs, target: join(folder, 'events') } as const;
  await exported(client, events);
  await exported(client, events);
  expect(readdirSync(join(folder, 'events', id))).toHaveLength(1);
});

it('says why an export cannot be made', async () => {
  const { id, client } = await withRun();
  const target = join(temporaryFolder(), 'out');
  const refused = (requested: Parameters<Client['exchange']['export']>[0]) =>
    codeOfAsync(exported(client, requested));
  expect(await refused({ as: 'archive', target })).toBe('nothing-to-export');
  expect(await refused({ as: 'folders', runs: ['nobody'], target })).toBe('run-not-found');
  expect(await refused({ as: 'weights', run: id, checkpoint: 'last', format: 'onnx', target })).toBe(
    'checkpoint-missing',
  );
});

it('leaves nothing of an export that is stopped', async () => {
  const { id, client } = await withRun();
  const folder = temporaryFolder();
  const stop = new AbortController();
  const requested = { as: 'archive' as const, runs: [id], target: join(folder, 'run.zip') };
  const events = await client.exchange.export(requested, { signal: stop.signal });
  stop.abort();
  await expect(events.next()).rejects.toMatchObject({ code: 'transfer-interrupted' });
  expect(readdirSync(folder)).toEqual([]);
});
