import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { StartTrainer } from '../../../src-main/supervisor/TrainerLink.ts';
import { trainerHere } from '../../support/trainerHere.ts';
import { performHere } from './performHere.ts';
import { lastLine, Place } from './support.ts';

const rowsSchema = z.array(z.record(z.string(), z.string()));
const endSchema = z.object({ study: z.string(), status: z.string() });

let started = 0;
/** Trains in this process, which is interrupted as by Ctrl+C when the second run begins. */
const interruptedAtSecond: StartTrainer = (...parameters) => {
  if (++started === 2) process.emit('SIGINT');
  return trainerHere(...parameters);
};

test('a part of a comparison from one command, which can be interrupted and taken up again', async () => {
  const place = await Place.make({ trainers: 'here' });
  await place.dataset({ train: 2 });
  const settings = ['network.width=0.03125', 'training.epochs=1', 'data.workers=1'];
  const command = ['study', 'initialisation', '--data', 'images', '--out', '.', ...settings];
  const only = ['--only', 'A/glorot,A/pytorch'];
  const rows = () =>
    rowsSchema.parse(
      parse(readFileSync(join(place.folder, 'initialisation.csv'), 'utf8'), { columns: true }),
    );
  const rowOf = (run: string) => rows().find((row) => row.run === run);

  const { folder, environment } = place;
  const surroundings = { folder, environment, startTrainer: interruptedAtSecond };
  const interrupted = await performHere(surroundings, [...command, ...only, '--json']);
  expect(interrupted.code, interrupted.stderr).toBe(130);
  const { study } = endSchema.parse(JSON.parse(lastLine(interrupted.stdout)));
  expect(rowOf('A/glorot')).toMatchObject({ seeds: '1' });
  expect(rowOf('A/glorot')?.protocol).toContain('centre-crop');
  expect(rowOf('A/pytorch')?.top1).toBe('');

  const second = await place.answer('study', '--study', study, '--out', '.', ...only);
  // The others were not asked for.
  expect(endSchema.parse(second)).toMatchObject({ study, status: 'paused' });
  expect(rowOf('A/pytorch')?.top1).not.toBe('');
  expect(rowOf('D/glorot')).toMatchObject({ top1: '', depth: '16', seeds: '0' });
});
