import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import { writeRunConfig } from '../../src-main/configuration/write.ts';
import { readDevkitSynsets } from '../../src-main/data/devkitSynsets.ts';
import { placedFiles } from '../../src-main/data/fetched/layouts.ts';
import { readIdxFile } from '../../src-main/data/idxFile.ts';
import { inspectImage } from '../../src-main/data/inspectImage.ts';
import { importRuns } from '../../src-main/exchange/importRuns.ts';
import { Transfer } from '../../src-main/exchange/Transfer.ts';
import { readStudy } from '../../src-main/runs/folder/studyFile.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { planOf, readDefinition } from '../../src-main/studies/definition.ts';
import { loadPreset } from '../../src-main/studies/preset.ts';
import { inspectWeights } from '../../src-main/vgg/weights/inspect.ts';
import { openWeights } from '../../src-main/weights/openWeights.ts';
import { aStudy } from '../support/aStudy.ts';
import { archiveOfRun, filesOfHome, filesOfRun } from './runFiles.ts';
import { tarOf } from '../data/fetched/aSet.ts';
import { metaMat } from '../data/metaMat.ts';

/** Files by their paths below the folder of a case. One of them is changed. */
export type Files = ReadonlyMap<string, Buffer>;

/** Something that reads files from outside. */
export interface Parser {
  /** Whole ones; each case changes one of them. */
  seeds: () => Promise<readonly Files[]>;
  /** Reads all of it. @param home of a workbench, empty */
  read: (folder: string, name: string, home: string) => Promise<unknown>;
}

const reference = join(import.meta.dirname, '..', 'reference');
const one = (name: string, bytes: Buffer | string): Files => new Map([[name, Buffer.from(bytes)]]);
const stored = (...names: string[]) =>
  names.map((name) => one(name.split('/').at(-1) ?? name, readFileSync(join(reference, name))));

async function allWeights(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  await inspectWeights(path).catch(ifOfNoNet);
  const file = await openWeights(path);
  try {
    for (const tensor of file.tensors.keys()) file.read(tensor);
  } finally {
    file.close();
  }
}

/** The small files hold no net, and their tensors are read all the same. */
function ifOfNoNet(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'weights-of-no-net')) throw error;
}

const weights = (...names: string[]): Parser => ({
  seeds: () => Promise.resolve(stored(...names)),
  read: allWeights,
});

const imageFormats = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;

export const parsers: Readonly<Record<string, Parser>> = {
  safetensors: weights('lookInside.safetensors', 'multiCrop.safetensors'),
  pth: weights('foreign/kinds.pth', 'foreign/checkpoint.pth', 'wild/key-model.pth', 'wild/two-usual.pth'),
  'old pth': weights('foreign/old.pth', 'wild/old-2017.pth', 'wild/old-python2.pth', 'wild/old-views.pth'),
  h5: weights('foreign/D.weights.h5', 'foreign/D.keras1.h5'),
  caffemodel: weights('foreign/D.v1.caffemodel', 'foreign/D.v2.caffemodel'),

  idx: {
    seeds: () => {
      const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4]);
      return Promise.resolve([one('images.gz', gzipSync(Buffer.concat([header, Buffer.alloc(24, 7)])))]);
    },
    read: (folder, name) => readIdxFile(join(folder, name)),
  },
  mat: {
    seeds: () => Promise.resolve([one('meta.mat', metaMat)]),
    read: (folder, name) => readDevkitSynsets(join(folder, name)),
  },
  'dataset archive': {
    seeds: async () => {
      const record = Buffer.concat([Buffer.from([3]), Buffer.alloc(3 * 32 * 32, 99)]);
      const names = 'airplane automobile bird cat deer dog frog horse ship truck'.split(' ');
      const cifar = tarOf([
        { name: 'cifar-10-batches-bin/batches.meta.txt', content: names.join('\n') },
        { name: 'cifar-10-batches-bin/data_batch_1.bin', content: Buffer.concat([record, record]) },
      ]);
      const zip = new ZipFile();
      for (const number of [1, 5]) zip.addBuffer(Buffer.from('image'), `2750/River/River_${number}.jpg`);
      zip.end();
      // What a changed byte leads to in the archive is found where the compression does not hide it.
      return [
        one('cifar-10', cifar),
        one('cifar-10', gzipSync(gunzipSync(cifar), { level: 0 })),
        one('eurosat', await buffer(zip.outputStream)),
      ];
    },
    read: async (folder, name) => {
      const layout = name === 'eurosat' ? 'eurosat' : 'cifar-10';
      for await (const { content } of placedFiles(join(folder, name), layout)) content.at(-1);
    },
  },
  image: {
    seeds: async () =>
      await Promise.all(
        imageFormats.map(async (format) => {
          const gradient = Buffer.from(Array.from({ length: 48 * 40 * 3 }, (_, index) => (index * 7) % 256));
          const image = sharp(gradient, { raw: { width: 48, height: 40, channels: 3 } });
          return one(`a.${format}`, await image.toFormat(format).toBuffer());
        }),
      ),
    read: (folder, name) => {
      const path = join(folder, name);
      return inspectImage({ kind: 'file', path, bytes: statSync(path).size }, true);
    },
  },

  yaml: {
    seeds: () =>
      Promise.resolve([
        one('train.yaml', writeRunConfig(resolveRunConfig({}))),
        one(
          'short.yaml',
          'training: &t {batch: 32, learningRate: 1e-2}\ndata:\n  mean: [1, 2, 3]\nother: *t\n',
        ),
      ]),
    read: (folder, name) =>
      Promise.resolve(
        resolveRunConfig({ file: { path: name, text: readFileSync(join(folder, name), 'utf8') } }),
      ),
  },
  study: {
    seeds: () => {
      const definition = {
        preset: loadPreset('quick'),
        dataset: 'fashion-mnist',
        overrides: ['training.batch=8'],
      };
      const record = { ...aStudy({ definition }), runs: [{ key: 'A@256#1', runId: 'a-run', seed: 1 }] };
      return Promise.resolve([one('study.json', JSON.stringify(record, null, 2))]);
    },
    read: (folder, name) => {
      const { id, definition } = readStudy(folder, name.replace(/\.json$/, ''));
      return Promise.resolve(planOf(readDefinition(id, definition)));
    },
  },
  'run folder': {
    seeds: async () => [await filesOfRun()],
    read: (folder, name, home) => imported(join(folder, name.split('/')[0] ?? ''), home),
  },
  archive: {
    seeds: async () => [one('runs.zip', await archiveOfRun())],
    read: (folder, name, home) => imported(join(folder, name), home),
  },
  database: {
    seeds: () => Promise.resolve([filesOfHome()]),
    read: (folder) => Promise.resolve(everythingIn(folder)),
  },
};

async function imported(source: string, home: string): Promise<void> {
  const log = new RunLog(home);
  try {
    await importRuns(log, source, new Transfer());
  } finally {
    log.close();
  }
}

function everythingIn(home: string): unknown[] {
  const log = new RunLog(home);
  try {
    return log.list.all().map(({ id }) => [log.runs.get(id), log.metrics.read(id), log.evaluations.of(id)]);
  } finally {
    log.close();
  }
}
