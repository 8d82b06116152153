import { copyFileSync, existsSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { referenceFolder } from '../../support/golden.ts';
import { errorLineSchema, Place, smallNet } from './support.ts';

/** Runs a command that must be refused, and gives what it says. */
async function refusal(place: Place, ...words: string[]) {
  const ended = await place.run(...words, '--json');
  expect(ended.code, ended.stdout + ended.stderr).toBe(2);
  expect(ended.stderr).not.toMatch(/^ +at /m);
  const { error } = errorLineSchema.parse(JSON.parse(ended.stdout));
  expect(ended.stderr).toContain(`Error: ${error.message}\n${error.nextStep} (${error.code})`);
  return error;
}

test.each([
  ['evaluate', 'nothing-to-evaluate', 'weights', '--weights'],
  ['evaluate --weights nowhere.safetensors', 'weights-not-found', 'nowhere.safetensors', 'path'],
  ['evaluate 2026', 'run-not-found', '2026', 'no runs'],
])('vgg %s', async (command, code, fact, nextStep) => {
  const error = await refusal(await Place.make({ trainers: 'here' }), ...command.split(' '));
  expect(error.code).toBe(code);
  expect(error.message).toContain(fact);
  expect(error.nextStep).toContain(nextStep);
});

test('a run that a comparison does not have is refused before there is a study', async () => {
  const place = await Place.make({ trainers: 'here' });
  await place.dataset({ train: 1 });
  const error = await refusal(place, 'study', 'width-depth', '--only', 'Q', '--data', 'images');
  expect(error).toMatchObject({
    code: 'study-run-unknown',
    message: expect.stringContaining('Q') as unknown,
  });
  expect(await place.run('study', '--show')).toMatchObject({ code: 2 });
  expect(existsSync(join(place.home, 'studies'))).toBe(false);
});

const golden = join(referenceFolder, 'D.images.safetensors');
const net = [
  '--config',
  'D',
  '--width',
  '0.0625',
  '--crop',
  '64',
  '--mean',
  '120,115,100',
  '--test-scale',
  '96',
];
const images = ['--data', join(referenceFolder, 'images')];

test('weights of another shape', async () => {
  const place = await Place.make({ trainers: 'here' });
  const error = await refusal(place, 'evaluate', ...net, ...images, '--weights', golden, '--width', '0.125');
  expect(error).toMatchObject({
    code: 'weights-do-not-fit',
    message: expect.stringContaining('conv') as unknown,
  });
});

test('weights that are cut off', async () => {
  const place = await Place.make({ trainers: 'here' });
  const damaged = join(place.folder, 'damaged.safetensors');
  copyFileSync(golden, damaged);
  truncateSync(damaged, 10_000);
  const error = await refusal(place, 'evaluate', ...net, ...images, '--weights', damaged);
  expect(error.code).toBe('weights-damaged');
});

test('a net with fewer outputs than the dataset has classes', async () => {
  const place = await Place.make({ trainers: 'here' });
  const error = await refusal(place, 'evaluate', ...net, ...images, '--weights', golden, '--classes', '5');
  expect(error.code).toBe('classes-do-not-fit');
});

test('weights of a net with more outputs than the dataset has classes', async () => {
  const place = await Place.make({ trainers: 'here' });
  const error = await refusal(place, 'evaluate', ...net, ...images, '--weights', golden, '--classes', '12');
  expect(error).toMatchObject({
    code: 'classes-do-not-fit',
    message: expect.stringContaining('12 outputs') as unknown,
  });
});

test('a place where results cannot be written is refused before the work', async () => {
  const place = await Place.make({ trainers: 'here' });
  writeFileSync(join(place.folder, 'file'), '');
  for (const command of [
    ['evaluate', ...net, ...images, '--weights', golden, '--posteriors', 'file/out.csv'],
    ['reproduce', '--data', await place.dataset({ train: 1 }), '--out', 'file'],
  ]) {
    const ended = await place.run(...command, '--json');
    expect(ended.code, ended.stderr).toBe(2);
    expect(ended.stdout).not.toContain('progress');
    expect(ended.stderr).toContain('(write-failed)');
  }
  expect(await place.answer('runs', 'list')).toEqual([]);
});

test('a net that overflows in the last step of an epoch has diverged', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset();
  const words = ['train', ...smallNet, '--data', data, '--batch', '40', '--epochs', '1'];
  const ended = await place.run(...words, '--learning-rate', '1e30', '--json');
  expect(ended.code, ended.stderr).toBe(1);
  const end = z
    .looseObject({ run: z.string() })
    .parse(JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? ''));
  expect(end).toMatchObject({ status: 'failed', error: { code: 'training-diverged' } });
  expect(existsSync(place.runFile(end.run, 'checkpoints'))).toBe(false);
});

test('a broken image is named by the check and before training, and left out on request', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset({ train: 2 });
  writeFileSync(join(data, 'train', 'class3', 'broken.png'), 'no picture');
  const check = await place.run('data', 'check', data);
  expect(check.code).toBe(2);
  expect(check.stdout).toContain('train/class3/broken.png');

  const words = [
    'train',
    '--config',
    'A',
    '--crop',
    '32',
    '--width',
    '0.03125',
    '--data',
    data,
    '--batch',
    '10',
    '--epochs',
    '1',
    'data.workers=1',
  ];
  const refused = await place.run(...words, '--json');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('class3/broken.png');
  expect(JSON.parse(refused.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    status: 'failed',
    error: { code: 'broken-images' },
  });
  expect(await place.answer(...words, '--skip-broken')).toMatchObject({ status: 'finished' });
  expect(await place.answer('runs', 'list')).toMatchObject([{ status: 'finished' }, { status: 'failed' }]);
});

test('a class that is missing in val is named before training, which goes on', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset();
  rmSync(join(data, 'val', 'class3'), { recursive: true });
  const ended = await place.run('train', ...smallNet, '--data', data, '--epochs', '1', '--batch', '20');
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stderr).toContain('Note: val/class3: Has training images but none in validation.\n');
});

test('no command at all: the help', async () => {
  const place = await Place.make({ trainers: 'here' });
  const ended = await place.run();
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('Usage: vgg');
  expect(existsSync(place.home)).toBe(false);
});
