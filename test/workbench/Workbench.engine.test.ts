import { expect, it } from 'vitest';
import { Place } from '../hosts/cli/support.ts';
import { newRun, openWorkbench } from '../queue/support.ts';

it('gives whoever asks for a run the one that is being started, not the one that has ended', async () => {
  const place = await Place.make();
  const { workbench, client } = openWorkbench(place.home, () => {
    throw new Error('no process can be started');
  });
  const id = await newRun(client, await place.dataset());
  await expect(workbench.activeRun(id)).rejects.toMatchObject({ code: 'run-not-active' });
  const first = await workbench.startRun(id);
  expect(await first.ended).toMatchObject({ status: 'failed' });
  expect(await workbench.activeRun(id)).toBe(first);

  const started = workbench.startRun(id);
  const again = await workbench.activeRun(id);
  expect(again).not.toBe(first);
  expect(again).toBe(await started);
});

it('is training from the start of a run to its end', async () => {
  const place = await Place.make();
  const { workbench, client } = openWorkbench(place.home);
  const id = await newRun(client, await place.dataset());
  expect(workbench.isTraining).toBe(false);
  const starting = workbench.startRun(id);
  expect(workbench.isTraining).toBe(true);
  const run = await starting;
  expect(workbench.isTraining).toBe(true);
  expect(await run.ended).toMatchObject({ status: 'finished' });
  expect(workbench.isTraining).toBe(false);
});
