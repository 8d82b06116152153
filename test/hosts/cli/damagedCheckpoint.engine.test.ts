import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SafetensorsFile } from '../../../src-main/foundation/safetensors.ts';
import { differences } from '../../support/sameTraining.ts';
import { Place, smallNet } from './support.ts';

const endSchema = z.object({ run: z.string(), status: z.string() });

/** Changes one bit among the values of a tensor. */
function damage(path: string, tensor: string): void {
  const file = new SafetensorsFile(path);
  const { offset = 0 } = file.tensors.get(tensor) ?? {};
  file.close();
  const bytes = readFileSync(path);
  bytes[offset + 5] = (bytes[offset + 5] ?? 0) ^ 16;
  // A file of its own: the last checkpoint and the best may be one.
  rmSync(path);
  writeFileSync(path, bytes);
}

test('a checkpoint whose bytes changed is never gone on from; from the best, the run ends with the same bytes', async () => {
  const place = await Place.make({ trainers: 'here' });
  const data = await place.dataset();
  const words = [
    'train',
    ...smallNet,
    '--data',
    data,
    '--batch',
    '10',
    '--epochs',
    '4',
    'training.keepEpochs=1',
  ];
  const whole = endSchema.parse(await place.answer(...words));
  const expected = place.runFile(whole.run, 'checkpoints/last.safetensors');

  const run = await place.interrupted((event) => event.type === 'metrics' && event.step >= 6, ...words);
  const best = place.runFile(run, 'checkpoints/best.safetensors');
  expect(existsSync(best)).toBe(true);

  const last = place.runFile(run, 'checkpoints/last.safetensors');
  damage(last, 'momentum.features.0.weight');
  const refused = await place.run('resume', run, '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    status: 'failed',
    error: {
      code: 'weights-corrupt',
      message: expect.stringContaining('momentum.features.0.weight') as string,
      nextStep: expect.stringContaining('--from-best') as string,
    },
  });

  expect(endSchema.parse(await place.answer('resume', run, '--from-best'))).toEqual({
    run,
    status: 'finished',
  });
  expect(differences(last, expected)).toEqual([]);
  expect(readFileSync(place.runFile(run, 'log.txt'), 'utf8')).toContain('goes on from its best checkpoint');

  damage(best, 'classifier.6.weight');
  const scored = await place.run('evaluate', run, '--json');
  expect(scored.code).toBe(1);
  expect(scored.stdout + scored.stderr).toContain('weights-corrupt');
  const exported = await place.run('runs', 'export', run, '--archive', place.runFile('..', 'x.zip'));
  expect(exported.stderr).toContain('classifier.6.weight');
});
