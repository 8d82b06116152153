import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../../src-main/data/openDataset.ts';
import { forkTrainer } from '../../../src-main/hosts/forkTrainer.ts';
import { readPredictions } from '../../../src-main/runs/folder/predictionsFile.ts';
import type { FromTrainer, Question, ToTrainer } from '../../../src-main/trainer/protocol.ts';
import { localClient } from '../../../src-main/workbench/api.ts';
import type { Answering, ImageReference } from '../../../src-main/workbench/contract.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { overhearing } from '../../support/overhearing.ts';
import { trainerHere } from '../../support/trainerHere.ts';
import { until } from '../../support/until.ts';

let home: string;
let clothes: string;
let workbench: Workbench;
let client: ReturnType<typeof localClient>;
let id: string;
/** What was sent to those who answer questions and what they answered, in order. */
const sent: ToTrainer[] = [];
const received: FromTrainer[] = [];

const overheard = overhearing(sent, received);

const perClass = { train: 10, val: 10 };

/** Pictures of clothes, few of each class, as files: `val/1 Trouser/3.png`. */
async function writeImages(): Promise<void> {
  const { classes, ...splits } = await openDataset('fashion-mnist-small');
  for (const split of ['train', 'val'] as const) {
    for (const [label, name] of classes.entries()) {
      const own = splits[split].filter((sample) => sample.label === label).slice(0, perClass[split]);
      for (const [place, { source }] of own.entries()) {
        if (source.kind !== 'pixels') throw new Error('They are in one file.');
        const path = join(clothes, split, `${label} ${name}`, `${place}.png`);
        mkdirSync(dirname(path), { recursive: true });
        const { data, width, height, channels } = source;
        writeFileSync(path, await sharp(data, { raw: { width, height, channels } }).png().toBuffer());
      }
    }
  }
}

/** Trains a tiny net for real: 100 images, two epochs, its weights kept after each. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'insight-'));
  clothes = join(home, 'clothes');
  await writeImages();
  workbench = new Workbench({
    home,
    startTrainer: overheard(trainerHere),
    host: plainHost('command line'),
  });
  client = localClient(workbench);
  const created = await client.runs.create({
    overrides: [
      'network.config=A',
      'network.width=0.0625',
      'network.crop=32',
      `data.dataset=${JSON.stringify(clothes)}`,
      'data.trainScale=36',
      'data.workers=1',
      'training.batch=10',
      'training.epochs=2',
      'training.learningRate=0.02',
      'training.keepEpochs=1',
      'evaluation.protocol=centre-crop',
    ],
  });
  ({ id } = created);
  await client.runs.start({ id });
  await (
    await workbench.activeRun(id)
  ).ended;
  expect(workbench.log.runs.get(id).status).toBe('finished');
});

afterAll(async () => {
  await workbench.close();
  rmSync(home, { recursive: true });
});

async function firstImage(): Promise<ImageReference> {
  const listed = await client.insight.images({ dataset: clothes, limit: 1 });
  return { kind: 'dataset', dataset: clothes, split: 'val', name: listed.images[0]?.name ?? '' };
}

/** The number of a question that is asked from now on, once the process has been sent it. */
async function questionAbout(about: Question['about']): Promise<number> {
  const before = sent.length;
  let id: number | undefined;
  await until(() => {
    const message = sent.slice(before).find((one) => one.type === 'ask' && one.question.about === about);
    if (message?.type === 'ask') ({ id } = message);
    return id !== undefined;
  });
  return id ?? NaN;
}

/** How far the answers to a question came, and whether it was answered in the end. */
function answersTo(id: number) {
  const mine = received.filter((message) => 'id' in message && message.id === id);
  return mine.map((message) => (message.type === 'answering' ? message.done : message.type));
}

async function evaluate(...overrides: string[]): Promise<void> {
  let last = '';
  for await (const event of await client.evaluate({ run: id, overrides })) last = event.type;
  expect(last).toBe('evaluation');
}

let withoutFlip: Promise<void> | undefined;

/** Of use to several tests. */
async function evaluateWithoutFlip(): Promise<void> {
  await (withoutFlip ??= evaluate('evaluation.horizontalFlip=false'));
}

async function imageRows() {
  const [evaluation] = await client.insight.evaluations({ run: id });
  const key = evaluation?.key ?? '';
  const rows = await readPredictions(join(workbench.log.folder(id).predictions, `${key}.csv`), 10);
  return { key, rows };
}

describe('checkpoints along a training', () => {
  it('are kept after each epoch, as weights alone, in the folder and in the log', async () => {
    const { checkpoints } = await client.runs.get({ id });
    expect(checkpoints.map(({ kind }) => kind)).toEqual(['best', 'last', 'epoch-0001', 'epoch-0002']);
    expect(checkpoints.map(({ epoch }) => epoch).slice(1)).toEqual([2, 1, 2]);
    const [, last, first] = checkpoints;
    // Without momentum a file has half the values.
    expect((first?.bytes ?? 0) / (last?.bytes ?? 1)).toBeCloseTo(0.5, 1);
  });
});

describe('predictions', () => {
  it('give exactly the error rates of their evaluation', async () => {
    const { rows } = await imageRows();
    const { evaluations } = await client.runs.get({ id });
    const missed = (places: number) =>
      (100 *
        rows.filter(({ label, top }) => !top.slice(0, places).some((one) => one.label === label)).length) /
      rows.length;
    expect(rows).toHaveLength(100);
    expect([missed(1), missed(5)]).toEqual([evaluations[0]?.top1Error, evaluations[0]?.top5Error]);
  });

  it('fill a confusion matrix whose cells open their images', async () => {
    const { key } = await imageRows();
    const { classes, counts } = await client.insight.confusion({ run: id, key });
    expect(classes[1]).toBe('1 Trouser');
    expect(counts.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual(Array(10).fill(10));
    const [label, prediction] = [6, 0];
    const cell = await client.insight.predictions({ run: id, key, label, prediction });
    expect(cell.total).toBe(counts[label]?.[prediction]);

    const worst = await client.insight.predictions({ run: id, key, mistakesOnly: true });
    const right = counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
    expect(worst.total).toBe(100 - right);
    const posteriors = worst.predictions.map(({ posterior }) => posterior);
    expect(posteriors).toEqual([...posteriors].sort((one, other) => one - other));
    await expect(client.insight.confusion({ run: id, key: '../config' })).rejects.toMatchObject({
      code: 'predictions-missing',
    });
  });

  it('are replaced by the same evaluation, and stand beside those of another', async () => {
    const folder = workbench.log.folder(id).predictions;
    const isOther = (name: string) => name.includes('no-flip');
    const before = readdirSync(folder);
    await evaluate();
    expect(readdirSync(folder)).toEqual(before);
    await evaluateWithoutFlip();
    const after = readdirSync(folder);
    expect(after.filter(isOther)).toHaveLength(1);
    expect(after.filter((name) => !isOther(name))).toEqual(before.filter((name) => !isOther(name)));
    const [newest] = await client.insight.evaluations({ run: id });
    expect(newest?.key).toContain('no-flip');
  });
});

describe('looking into a net', () => {
  it('tells of every layer, and of the classes what the evaluation without flip says', async () => {
    const image = await firstImage();
    const activity = await client.insight.activity({ run: id, checkpoint: 'best', image });
    expect(activity.layers.map(({ name }) => name).slice(0, 3)).toEqual(['conv1_1', 'pool1', 'conv2_1']);
    expect(activity.layers[0]).toMatchObject({
      shape: [32, 32, 4],
      receptiveField: { side: 3, stride: 1, offset: -1 },
      least: 0,
    });
    expect(await sharp(await activity.input.arrayBuffer()).metadata()).toMatchObject({
      format: 'png',
      width: 32,
      height: 32,
    });
    await evaluateWithoutFlip();
    const key = (await client.insight.evaluations({ run: id })).find((one) =>
      one.key.includes('no-flip'),
    )?.key;
    const rows = await readPredictions(join(workbench.log.folder(id).predictions, `${key ?? ''}.csv`), 10);
    const row = rows.find(({ name }) => image.kind === 'dataset' && name === image.name);
    expect(activity.label).toBe(row?.label);
    expect(activity.topClasses.map(({ label }) => label)).toEqual(row?.top.map(({ label }) => label));
    activity.topClasses.forEach(({ posterior }, place) => {
      expect(posterior).toBeCloseTo(row?.top[place]?.posterior ?? NaN, 5);
    });
  });

  it('gives the maps of a layer and its filters as bytes', async () => {
    const looked = { run: id, checkpoint: 'epoch-0001', image: await firstImage() };
    const maps = await client.insight.maps({ ...looked, layer: 'conv1_1' });
    const bytes = new Uint8Array(await maps.values.arrayBuffer());
    expect(bytes).toHaveLength(4 * 32 * 32);
    maps.maps.forEach(({ greatest, least }, channel) => {
      const map = bytes.subarray(channel * 1024, (channel + 1) * 1024);
      expect(Math.max(...map)).toBe(greatest > least ? 255 : 0);
      expect(Math.min(...map)).toBe(0);
    });
    const filters = await client.insight.filters({ run: id, checkpoint: 'last', layer: 'conv1_1' });
    expect(filters).toMatchObject({ shape: [3, 3, 3, 4], shownInputs: 3 });
    expect(filters.values.size).toBe(4 * 3 * 9);
    await expect(client.insight.maps({ ...looked, layer: 'conv9' })).rejects.toMatchObject({
      code: 'layer-unknown',
    });
    await expect(
      client.insight.filters({ run: id, checkpoint: 'epoch-0009', layer: 'conv1_1' }),
    ).rejects.toMatchObject({
      code: 'checkpoint-missing',
      nextStep: 'Choose one of: last, best, epoch-0001, epoch-0002.',
    });
  });

  it('counts dead units over validation images', async () => {
    const { images, layers } = await client.insight.deadUnits({ run: id, checkpoint: 'best', images: 20 });
    expect(images).toBe(20);
    expect(layers.map(({ name }) => name).slice(-3)).toEqual(['conv5_2', 'fc6', 'fc7']);
    const one = await client.insight.deadUnits({ run: id, checkpoint: 'best', images: 1 });
    layers.forEach(({ dead }, index) => {
      expect(dead).toBeLessThanOrEqual(one.layers[index]?.dead ?? 0);
    });
  });
});

describe('the process that answers', () => {
  let answering: Workbench;
  let asking: ReturnType<typeof localClient>;
  const pids: number[] = [];

  beforeAll(() => {
    // Each workbench counts its questions from 0.
    sent.length = received.length = 0;
    const startTrainer = overheard(() => {
      const link = forkTrainer();
      link.onStart((pid) => pids.push(pid));
      return link;
    });
    answering = new Workbench({ home, startTrainer, host: plainHost('command line') });
    asking = localClient(answering);
  });
  afterAll(async () => {
    await answering.close();
    sent.length = received.length = 0;
  });
  const signal = (name: NodeJS.Signals) => {
    process.kill(pids.at(-1) ?? NaN, name);
  };

  it('is one, which a new question starts again after it was killed', async () => {
    const looked = { run: id, checkpoint: 'best', image: await firstImage() };
    await asking.insight.activity(looked);
    await asking.insight.activity(looked);
    expect(pids).toHaveLength(1);
    signal('SIGSTOP');
    const asked = asking.insight.deadUnits({ run: id, checkpoint: 'best', images: 100 });
    await questionAbout('deadUnits');
    signal('SIGKILL');
    await expect(asked).rejects.toMatchObject({ code: 'insight-died', message: /SIGKILL/ });
    await asking.insight.activity(looked);
    expect(pids).toHaveLength(2);
  });

  it('lets go of a question whose answer nobody waits for', async () => {
    const controller = new AbortController();
    const looked = { run: id, checkpoint: 'best', image: await firstImage() };
    await asking.insight.activity(looked);
    signal('SIGSTOP');
    const asked = asking.insight.deadUnits(
      { run: id, checkpoint: 'best', images: 100 },
      { signal: controller.signal },
    );
    const question = await questionAbout('deadUnits');
    controller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    signal('SIGCONT');
    await asking.insight.activity(looked);
    // The next question had its turn although this one was never answered.
    expect(answersTo(question)).not.toContain('answer');
  });
});

describe('what a net looks for', () => {
  it('is mapped by Grad-CAM, of the predicted class by the last convolution by default', async () => {
    const looked = { run: id, checkpoint: 'best', image: await firstImage() };
    const [predicted] = (await client.insight.activity(looked)).topClasses;
    const map = await client.insight.gradCam(looked);
    expect(map).toMatchObject({ layer: 'conv5_2', label: predicted?.label, name: predicted?.name });
    expect(map.posterior).toBeCloseTo(predicted?.posterior ?? NaN, 5);
    expect(map.values).toHaveLength(map.height * map.width);
    for (const picture of [map.input, map.heat, map.overlay]) {
      expect(await sizeOf(picture)).toMatchObject({ format: 'png', width: 32, height: 32 });
    }
    const other = await client.insight.gradCam({ ...looked, layer: 'conv2_1', label: 4 });
    expect(other).toMatchObject({ layer: 'conv2_1', label: 4, name: '4 Coat', height: 16, width: 16 });
    await expect(client.insight.gradCam({ ...looked, layer: 'fc6' })).rejects.toMatchObject({
      code: 'layer-unknown',
    });
    await expect(client.insight.gradCam({ ...looked, label: 10 })).rejects.toMatchObject({
      code: 'class-unknown',
    });
  });

  it('is found by occlusion, reported square by square, and stopped when nobody waits for it', async () => {
    const looked = { run: id, checkpoint: 'best', image: await firstImage() };
    const { done, answer } = await answered(
      await client.insight.occlusion({ ...looked, side: 8, stride: 8 }),
    );
    expect(done).toEqual([16]);
    expect(answer).toMatchObject({ side: 8, stride: 8, height: 4, width: 4 });
    expect(answer.values).toHaveLength(16);

    const stop = new AbortController();
    const question = questionAbout('occlusion');
    const many = client.insight.occlusion({ ...looked, side: 1, stride: 1 }, { signal: stop.signal });
    await expect(
      (async () => {
        for await (const event of await many) if (event.type === 'progress') stop.abort();
      })(),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await client.insight.gradCam(looked);
    expect(answersTo(await question)).not.toContain('answer');
    expect(answersTo(await question).length).toBeGreaterThan(0);
  });

  it('is scored window by window, by each protocol, in the centre crop as the net sees the image', async () => {
    const looked = { run: id, checkpoint: 'best', image: await firstImage() };
    const { done, answer } = await answered(
      await client.insight.scoredWindows({ ...looked, testScales: [36, 64] }),
    );
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
    expect(answer).toMatchObject({ width: 28, height: 28, horizontalFlip: true, average: 'before-softmax' });
    expect(answer.averages).toHaveLength(4 * 3);
    const { topClasses, label } = await client.insight.activity(looked);
    expect(answer.label).toBe(label);
    const centre = answer.passes.find(({ pass, testScale }) => pass === 'centre-crop' && testScale === 36);
    const plain = centre?.windows.find(({ mirrored }) => !mirrored);
    // The crop of 32 pixels lies 2 from each edge of the 36.
    expect(plain?.left).toBeCloseTo((2 * 28) / 36, 6);
    const place = answer.classes.findIndex((one) => one.label === topClasses[0]?.label);
    expect(plain?.posteriors[place]).toBeCloseTo(topClasses[0]?.posterior ?? NaN, 5);
    await expect(
      client.insight.scoredWindows({ ...looked, testScales: [31] }).then(answered),
    ).rejects.toMatchObject({ code: 'scale-below-crop' });
  });

  it('is climbed to from noise, as pictures', async () => {
    const settings = { run: id, checkpoint: 'best', layer: 'conv2_1', units: [3, 5], steps: 6 };
    const { done, answer } = await answered(await client.insight.ascent(settings));
    expect(done.at(-1)).toBe(12);
    expect(answer.map(({ unit }) => unit)).toEqual([3, 5]);
    for (const { start, end, picture } of answer) {
      expect(end).toBeGreaterThan(start);
      expect(await sizeOf(picture)).toMatchObject({ width: 32, height: 32 });
    }
    // By hand: conv1_1 sees 3 pixels, pool1 4, and conv2_1 2 · 2 more.
    const { answer: centres } = await answered(await client.insight.ascent({ ...settings, goal: 'centre' }));
    expect(centres[0]).toMatchObject({ width: 8, height: 8 });
    const wrong = await client.insight.ascent({ ...settings, units: [8] });
    await expect(answered(wrong)).rejects.toMatchObject({ code: 'unit-unknown' });
  });

  it('is found among the validation images: the maps of each say the same', async () => {
    const asked = { run: id, checkpoint: 'best', layer: 'conv3_2', images: 20, count: 5 };
    const { done, answer } = await answered(await client.insight.topImages({ ...asked, unit: 2 }));
    expect(done.at(-1)).toBe(20);
    expect(answer.images).toBe(20);
    const { val } = await workbench.images.dataset(clothes);
    const greatest = [];
    for (let place = 0; place < 20; place++) {
      const name = val[place * 5]?.name ?? '';
      const image: ImageReference = { kind: 'dataset', dataset: clothes, split: 'val', name };
      const { maps } = await client.insight.maps({ run: id, checkpoint: 'best', image, layer: 'conv3_2' });
      greatest.push({ name, value: maps[2]?.greatest ?? NaN });
    }
    greatest.sort((one, other) => other.value - one.value);
    expect(answer.found.map(({ name }) => name)).toEqual(greatest.slice(0, 5).map(({ name }) => name));
    for (const [place, { value, region, patch, ...found }] of answer.found.entries()) {
      expect(value).toBeCloseTo(greatest[place]?.value ?? NaN, 3);
      expect(found.name.startsWith(`${found.class}/`)).toBe(true);
      expect(await sizeOf(patch)).toMatchObject({ width: region.width, height: region.height });
    }
    // The same pass has found those of the other units.
    const again = await answered(await client.insight.topImages({ ...asked, unit: 7 }));
    expect(again.done).toEqual([]);
  });
});

describe('receptive fields', () => {
  it('are measured of a net without a checkpoint', async () => {
    const fields = await client.measureFields({ config: 'A' });
    // 13 layers up to the last pool.
    expect(fields).toHaveLength(13);
    expect(fields[1]).toEqual({ name: 'pool1', side: 4, stride: 2, offset: -1 });
  });

  it('are smaller in effect, over validation images, and drawn as large as the crop', async () => {
    const looked = { run: id, checkpoint: 'best', layer: 'conv3_1', images: 20 };
    const { done, answer } = await answered(await client.insight.effectiveField(looked));
    expect(done).toEqual([8, 16, 20]);
    // By hand: 18 pixels at stride 4, of which the middle of the map of 8×8 begins 3 units in.
    expect(answer).toMatchObject({
      images: 20,
      crop: 32,
      computed: { side: 18, region: { left: 5, top: 5, width: 18, height: 18 } },
    });
    expect(answer.side).toBeGreaterThan(3);
    expect(answer.side).toBeLessThanOrEqual(18);
    expect(await sizeOf(answer.picture)).toMatchObject({ width: 32, height: 32 });
    await expect(
      answered(await client.insight.effectiveField({ ...looked, layer: 'fc6' })),
    ).rejects.toMatchObject({ code: 'layer-unknown' });
  });
});

/** Progress of a long answer, and the answer. */
async function answered<Answer>(events: AsyncIterable<Answering<Answer>>) {
  const done: number[] = [];
  for await (const event of events) {
    if (event.type === 'answer') return { done, answer: event.answer };
    done.push(event.done);
  }
  throw new Error('It ended without an answer.');
}

async function sizeOf(picture: string) {
  return await sharp(Buffer.from(picture.replace('data:image/png;base64,', ''), 'base64')).metadata();
}

describe('images', () => {
  it('are listed by split and class', async () => {
    const { total, images: listed } = await client.insight.images({
      dataset: clothes,
      split: 'train',
      class: '8 Bag',
      offset: 8,
    });
    expect(total).toBe(10);
    expect(listed.map(({ label }) => label)).toEqual([8, 8]);
  });

  it('have thumbnails', async () => {
    const thumbnail = await client.insight.thumbnail({ image: await firstImage(), side: 48 });
    expect(thumbnail.type).toBe('image/png');
    expect(await sharp(await thumbnail.arrayBuffer()).metadata()).toMatchObject({ width: 48, height: 48 });
    await expect(
      client.insight.thumbnail({ image: { kind: 'file', path: join(home, 'none.png') } }),
    ).rejects.toMatchObject({ code: 'image-unreadable' });
  });

  it('are taken in, looked at, and refused when broken', async () => {
    const bytes = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#a33' } })
      .jpeg()
      .toBuffer();
    const sent = await client.insight.upload({ file: new Blob([new Uint8Array(bytes)]) });
    const image: ImageReference = { kind: 'upload', id: sent.id };
    const activity = await client.insight.activity({ run: id, checkpoint: 'last', image });
    expect(activity.label).toBeNull();
    expect(activity.topClasses).toHaveLength(5);
    await expect(
      client.insight.upload({ file: new Blob([new Uint8Array(bytes.subarray(0, 300))]) }),
    ).rejects.toMatchObject({ code: 'image-unreadable' });
  });
});
