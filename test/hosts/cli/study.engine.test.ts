import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Place, type Json } from './support.ts';

const rowsSchema = z.array(z.record(z.string(), z.string()));
const snapshotSchema = z.object({
  snapshot: z.object({ runs: z.array(z.object({ key: z.string(), status: z.string() })) }),
});
const endSchema = z.object({ study: z.string(), status: z.string() });

const statusOf = (key: string, event: Json) =>
  snapshotSchema.parse(event).snapshot.runs.find((run) => run.key === key)?.status;

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

  const first = place.start(...command, ...only, '--json');
  await first.event((event) => event.type === 'progress' && statusOf('A/glorot#1', event) === 'finished');
  first.kill('SIGINT');
  const interrupted = await first.ended;
  expect(interrupted.code, interrupted.stderr).toBe(130);
  const { study } = endSchema.parse(first.events.at(-1));
  expect(rowOf('A/glorot')).toMatchObject({ seeds: '1' });
  expect(rowOf('A/glorot')?.protocol).toContain('centre-crop');
  expect(rowOf('A/pytorch')?.top1).toBe('');

  const second = await place.answer('study', '--study', study, '--out', '.', ...only);
  // The others were not asked for.
  expect(endSchema.parse(second)).toMatchObject({ study, status: 'paused' });
  expect(rowOf('A/pytorch')?.top1).not.toBe('');
  expect(rowOf('D/glorot')).toMatchObject({ top1: '', depth: '16', seeds: '0' });
});
