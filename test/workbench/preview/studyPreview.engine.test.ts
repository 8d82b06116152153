import { beforeEach, describe, expect, it } from 'vitest';
import { Place } from '../../hosts/cli/support.ts';
import { openWorkbench } from '../../queue/support.ts';

let client: ReturnType<typeof openWorkbench>['client'];
beforeEach(async () => {
  const place = await Place.make();
  ({ client } = openWorkbench(place.home));
});

describe('the preview of a study', () => {
  it('lists the trainings of Tables 3 and 4, each with the one it starts from and the rows it fills', async () => {
    const { runs, problems, needsDataset } = await client.studies.preview({ preset: 'quick' });
    expect({ problems, needsDataset }).toEqual({ problems: [], needsDataset: false });
    // Table 3 of the paper has 12 rows and Table 4 ten; each names the training that fills it.
    expect(runs.reduce((sum, { rows }) => sum + rows, 0)).toBe(12 + 10);
    expect(runs).toHaveLength(12);
    expect(runs[0]).toMatchObject({ key: 'A@256#1', dependsOn: null, epochs: 4, seconds: null });
    expect(runs.find(({ key }) => key === 'E@256-512#1')).toMatchObject({ dependsOn: 'E@384#1', epochs: 3 });
  });

  it('tells what is wrong beside its field, and the plan without a dataset', async () => {
    const paper = await client.studies.preview({ preset: 'paper' });
    expect(paper).toMatchObject({ needsDataset: true, problems: [] });
    expect(paper.runs).toHaveLength(12);
    const wrong = await client.studies.preview({
      preset: 'quick',
      dataset: '/no/such/folder',
      overrides: ['training.epoch=3'],
    });
    expect(wrong.problems.map(({ field, code }) => [field, code])).toEqual([
      ['overrides', 'unknown-key'],
      ['dataset', 'dataset-not-found'],
    ]);
    const unknown = await client.studies.preview({ preset: 'quick', only: ['F'] });
    expect(unknown.problems.map(({ field, code }) => [field, code])).toEqual([['only', 'study-run-unknown']]);
  });

  it('takes seeds and a choice of nets with what they start from', async () => {
    const { runs } = await client.studies.preview({ preset: 'quick', seeds: [1, 2], only: ['B'] });
    expect(runs.map(({ key }) => key)).toEqual(['A@256#1', 'B@256#1', 'A@256#2', 'B@256#2']);
  });

  it('gives the call of the command line, unless something is missing', async () => {
    const settings = { preset: 'quick', seeds: [1, 2], overrides: ['training.epochs=3'] };
    const { command } = await client.studies.preview(settings);
    expect(command).toMatch(/vgg -- reproduce --home \S+ --preset quick --seeds 1,2 training\.epochs=3$/);
    const part = await client.studies.preview({ ...settings, only: ['A', 'B'] });
    expect(part.command).toMatch(/ --seeds 1,2 --nets A,B training\.epochs=3$/);
    const comparison = { preset: 'quick', comparison: 'width-depth' };
    expect((await client.studies.preview({ ...comparison, only: ['B'] })).command).toBeNull();
    expect((await client.studies.preview({ preset: 'paper' })).command).toBeNull();
  });
});
