import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ClusterPlace, training } from './ClusterPlace.ts';
import { hasSlurm, Slurm } from './slurm/Slurm.ts';

describe.skipIf(!hasSlurm)('one net over two nodes (skipped where Slurm is not installed)', () => {
  let slurm: Slurm;
  beforeAll(() => {
    slurm = new Slurm({ nodes: 2, port: 27817 });
  });
  afterEach(() => slurm.isIdle());
  afterAll(() => {
    slurm.stop();
  });

  it('ends bit for bit as one process with micro-batches, also if a process of the other node is lost', async () => {
    const place = await ClusterPlace.make(slurm, { nodes: 2 });
    const expected = await place.undisturbed([...training, 'training.microBatch=5']);
    const { cli, run } = await place.submit('training.processes=2');
    await place.reaches(run, 'checkpoint', 4);
    const [job] = slurm.jobs();
    expect(job?.node).toBe('n[1-2]');
    const elsewhere = slurm.trainersElsewhere(job?.id ?? '');
    expect(elsewhere).toHaveLength(1);
    for (const pid of elsewhere) process.kill(pid, 'SIGKILL');
    await place.reaches(run, 'interrupted');
    const lost = place.events(run).find(({ type }) => type === 'interrupted');
    expect(lost).toMatchObject({ again: true, requeued: true });
    expect(String(lost?.reason)).toContain('lost');
    expect((await cli.ended).code).toBe(0);
    expect(place.count(run, 'attempt')).toBe(2);
    place.expectSame(run, expected);
  });
});
