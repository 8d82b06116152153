import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Place, type Json } from './support.ts';

const rowsSchema = z.array(z.record(z.string(), z.string()));
const snapshotSchema = z.object({
  snapshot: z.object({ runs: z.array(z.object({ key: z.string(), status: z.string() })) }),
});

function rowsOf(file: string): Record<string, string>[] {
  return rowsSchema.parse(parse(readFileSync(file, 'utf8'), { columns: true }));
}

const hasFinished = (nets: number) => (event: Json) =>
  event.type === 'progress' &&
  snapshotSchema.parse(event).snapshot.runs.filter(({ status }) => status === 'finished').length >= nets;

/** Interrupts a study once a net is trained. @returns its id, by which its last words resume it */
async function interruptedStudy(place: Place, command: readonly string[]): Promise<string> {
  const first = place.start(...command, '--json');
  await first.event(hasFinished(1));
  first.kill('SIGINT');
  const { code, stderr } = await first.ended;
  expect(code, stderr).toBe(130);
  const { study, status } = z.object({ study: z.string(), status: z.string() }).parse(first.events.at(-1));
  expect(status).toBe('interrupted');
  expect(stderr).toContain(`reproduce --study ${study}`);
  return study;
}

/** The first row has an error, the last only the paper's. */
function requireUnfinished(rows: readonly Record<string, string>[]): void {
  expect(rows).toHaveLength(12);
  expect(rows[0]?.top1_error).not.toBe('');
  expect(rows.at(-1)).toMatchObject({
    config: 'E',
    top1_error: '',
    top5_error: '',
    paper_top1_error: '25.5',
  });
}

/** Each row has an error, over the ten images and one seed. */
function requireFilled(rows: readonly Record<string, string>[], count: number): void {
  expect(rows).toHaveLength(count);
  for (const row of rows) {
    expect(Number(row.top1_error)).toBeGreaterThanOrEqual(0);
    expect(row).toMatchObject({
      top1_error: expect.stringMatching(/^\d/) as unknown,
      images: '10',
      seeds: '1',
    });
  }
}

/** D and E by each protocol of Table 5, each with an error. */
function requireProtocols(rows: readonly Record<string, string>[]): void {
  expect(
    rows.map(({ config, paper_protocol, protocol, top1_error }) => [
      `${config ?? ''} ${paper_protocol ?? ''}`,
      protocol?.startsWith(`${paper_protocol ?? ''}, `),
      top1_error !== '',
    ]),
  ).toEqual(
    ['D', 'E'].flatMap((net) =>
      ['dense', 'multi-crop', 'multi-crop+dense'].map((way) => [`${net} ${way}`, true, true]),
    ),
  );
}

/** The rows of Table 6 are of both nets together. */
function requireFusion(rows: readonly Record<string, string>[]): void {
  for (const row of rows) {
    expect(row).toMatchObject({ config: 'D+E', images: '10', seeds: '1' });
    expect(row.top1_error).toMatch(/^\d/);
    expect(row.protocol).toMatch(/^mean posterior of the nets: /);
  }
}

test('both tables from one command, which can be interrupted and taken up again', async () => {
  const place = await Place.make({ trainers: 'here' });
  await place.dataset({ train: 1 });
  const command = [
    'reproduce',
    '--data',
    'images',
    '--out',
    'tables',
    'network.width=0.03125',
    'training.epochs=1',
    'data.workers=1',
  ];
  const file = (name: string) => join(place.folder, 'tables', name);

  const study = await interruptedStudy(place, command);
  requireUnfinished(rowsOf(file('table3.csv')));
  const runsBefore = readdirSync(place.runFile('.'));

  const ended = await place.run(...command);
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout).toMatch(/Table 3[^]*Table 4/);
  expect(ended.stdout).toContain('not ILSVRC');
  expect(ended.stdout).toMatch(/Claims of the paper[^]*vgg -- claims --study/);
  expect(ended.stderr).toContain(`Study ${study}, taken up again`);
  expect(ended.stderr).toMatch(/E@256-512#1 finished, loss .*, multi-crop-3x3 top-1 /);
  expect(readdirSync(join(place.folder, 'tables')).sort()).toEqual(
    ['csv', 'md', 'tex']
      .flatMap((extension) => ['claims', 'table3', 'table4'].map((name) => `${name}.${extension}`))
      .sort(),
  );
  requireFilled(rowsOf(file('table3.csv')), 12);
  requireFilled(rowsOf(file('table4.csv')), 10);
  const runs = readdirSync(place.runFile('.'));
  expect(runs).toHaveLength(12);
  expect(runs).toEqual(expect.arrayContaining(runsBefore));

  // Each net once: what is finished is not trained again.
  const again = await place.run('reproduce', '--study', study, '--out', 'tables');
  expect(again.stderr).toContain('has been finished before');
  expect(readdirSync(place.runFile('.'))).toHaveLength(12);

  // Two more tables need no more training: D and E are scored by more protocols, and fused.
  const more = await place.run('reproduce', '--study', study, '--tables', '5,6', '--out', 'tables');
  expect(more.code, more.stderr).toBe(0);
  expect(more.stdout).toMatch(/Table 3[^]*Table 4[^]*Table 5[^]*Table 6/);
  expect(readdirSync(place.runFile('.'))).toHaveLength(12);
  requireProtocols(rowsOf(file('table5.csv')));
  requireFusion(rowsOf(file('table6.csv')));

  const table = await place.run('table', '3', '--study', study, '--format', 'csv');
  expect(table.stdout).toBe(readFileSync(file('table3.csv'), 'utf8'));
  expect(table.stdout.split(',').slice(0, 7).join()).toBe(
    'config,train_scale,test_scale,top1_error,top5_error,paper_top1_error,paper_top5_error',
  );
  const newest = await place.run('table', '4', '--format', 'latex');
  expect(newest.stdout).toBe(readFileSync(file('table4.tex'), 'utf8'));
});
