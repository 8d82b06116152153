import { expect, it } from 'vitest';
import { aStudy } from '../../support/aStudy.ts';
import { prepare } from '../../launch/prepare.ts';
import { openWorkbench } from '../../queue/support.ts';

it('queues nothing that is on a cluster, where it would keep others waiting', async () => {
  const { log, runOf } = await prepare();
  const { client } = openWorkbench(log.home);
  for (const place of [
    { kind: 'run', id: runOf('B@256#1') },
    { kind: 'study', id: aStudy().id },
  ] as const)
    await expect(client.queue.add(place)).rejects.toMatchObject({ code: 'on-cluster' });
  expect((await client.queue.get()).entries).toEqual([]);
});
