import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { boxArchive, openBox } from '../../src-main/exchange/box.ts';
import { readCheckpoint } from '../../src-main/training/checkpoint.ts';
import { openLog } from '../runs/fixtures.ts';

it('the net in the box is imported once, as a finished run that says what it is', async () => {
  const log = openLog();
  const id = await openBox(log);
  const run = log.runs.get(id);
  expect(run).toMatchObject({ name: 'Net in the box', tags: ['box'], imported: true, status: 'finished' });
  expect(run.notes).toContain('comes with the workbench');
  expect(run.config).toMatchObject({
    network: { config: 'A', width: 0.125, crop: 56 },
    data: { dataset: 'fashion-mnist' },
  });
  const { architecture, state } = readCheckpoint(log.folder(id).checkpoint('best'));
  expect(architecture).toMatchObject({ config: 'A', width: 0.125, crop: 56, classes: 10 });
  expect(state.classes).toHaveLength(10);
  const [scored, another] = log.evaluations.of(id);
  expect(another).toBeUndefined();
  expect(scored).toMatchObject({ images: 2000, protocol: 'multi-crop-3x3', checkpoint: 'best' });
  expect(scored?.top1Error).toBe(17);

  // What a person notes of it stays.
  log.annotate(id, { notes: 'seen' });
  expect(await openBox(log)).toBe(id);
  expect(log.runs.get(id).notes).toBe('seen');
});

it('it is small', () => {
  expect(statSync(boxArchive).size).toBeLessThanOrEqual(1024 * 1024);
});
