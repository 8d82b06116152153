import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { launcher, Place } from './support.ts';

test('describe gives the numbers of the paper, and a table for a person', async () => {
  const place = await Place.make({ trainers: 'here' });
  expect(await place.answer('describe', 'D')).toMatchObject({
    parameters: 138_357_544,
    macs: 15_470_264_320,
    receptiveField: 212,
  });
  const { stdout } = await place.run('describe', 'E', '--width', '0.5');
  expect(stdout).toMatch(/conv5_4 +3×3 +14×14×256/);
  // Asking makes no data folder.
  expect(existsSync(place.home)).toBe(false);
});

test('describe --measure sets what units were seen to depend on beside the receptive field', async () => {
  const place = await Place.make({ trainers: 'here' });
  const { measuredFields } = z
    .object({ measuredFields: z.array(z.object({ name: z.string(), side: z.number() })) })
    .parse(await place.answer('describe', 'D-7x7', '--measure'));
  expect(measuredFields.at(-1)).toMatchObject({ name: 'pool5', side: 212 });
  const { stdout } = await place.run('describe', 'D-7x7', '--measure');
  expect(stdout).toMatch(/conv3_1 +7×7 .* 40 +40$/m);
});

test('bench measures the step and inference on random images', async () => {
  const place = await Place.make({ trainers: 'here' });
  const net = ['--config', 'A', '--crop', '32', '--batch', '4', '--width', '0.0625'];
  // Its memory is that of a process.
  const cli = place.start('bench', ...net, '--steps', '1', '--json');
  expect((await cli.ended).code).toBe(0);
  const result = z
    .object({
      trainImagesPerSecond: z.number(),
      inferenceImagesPerSecond: z.number(),
      peakRssBytes: z.number(),
    })
    .parse(cli.events.at(-1));
  expect(result.trainImagesPerSecond).toBeGreaterThan(0);
  expect(result.inferenceImagesPerSecond).toBeGreaterThan(0);
  expect(result.peakRssBytes).toBeGreaterThan(50e6);
});

test('doctor reports versions, device and folders, and fails where training cannot go on', async () => {
  const place = await Place.make({ trainers: 'here' });
  const { code, stdout } = await place.run('doctor');
  expect(code, stdout).toBe(0);
  for (const name of ['Node', 'TensorFlow', 'Library', 'oneDNN', 'CPU', 'GPU', 'Data folder', 'Dataset']) {
    expect(stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'));
  }
  // In a process of its own: one process answers two that ask within a second alike.
  place.environment.VGG_TENSORFLOW = place.folder;
  const broken = await place.start('doctor', '--json').ended;
  expect(broken.code).toBe(1);
  const { problems } = z
    .object({ problems: z.array(z.object({ code: z.string() })) })
    .parse(JSON.parse(broken.stdout));
  expect(problems.map(({ code: problem }) => problem)).toContain('library-incomplete');
});

test('setup answers with the engine it has provided', async () => {
  const place = await Place.make({ trainers: 'here' });
  expect(await place.answer('setup')).toMatchObject({
    version: expect.stringMatching(/^2\./) as unknown,
    build: 'cpu',
  });
});

test('keys and presets are listed', async () => {
  const place = await Place.make({ trainers: 'here' });
  expect(await place.answer('keys')).toEqual(
    expect.arrayContaining([expect.objectContaining({ key: 'training.plateau.factor', default: 10 })]),
  );
  expect(await place.answer('presets')).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'quick' })]),
  );
});

test('--home names the data folder, before or after the command', async () => {
  const place = await Place.make({ trainers: 'here' });
  expect(await place.answer('--home', 'elsewhere', 'runs', 'list')).toEqual([]);
  expect(existsSync(`${place.folder}/elsewhere/workbench.sqlite`)).toBe(true);
  expect(existsSync(place.home)).toBe(false);
});

test('a Node that cannot read the program is refused with a reason', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--no-strip-types', launcher, 'doctor'], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('needs 22.18 or later');
});
