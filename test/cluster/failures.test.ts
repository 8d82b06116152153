import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { ClusterPlace } from './ClusterPlace.ts';
import { hasSlurm, Slurm } from './slurm/Slurm.ts';

/** Each run is compared with one that was trained here, undisturbed, with as many threads. */
describe.skipIf(!hasSlurm)('with a real Slurm (skipped where it is not installed)', () => {
  let slurm: Slurm;
  beforeAll(() => {
    // Finished jobs are forgotten after some seconds, as elsewhere after some minutes.
    slurm = new Slurm({ nodes: 2, port: 21817, settings: { SLURM_TEST_MIN_JOB_AGE: '5' } });
  });
  afterEach(() => slurm.isIdle());
  afterAll(() => {
    slurm.stop();
  });

  // Slurm looks at time limits twice a minute, when such a run may have ended: the test sends the signal that it would.
  it('gives a run back that is warned of its time limit, which goes on and ends as undisturbed', async () => {
    const place = await ClusterPlace.make(slurm);
    const expected = await place.undisturbed();
    const { cli, run } = await place.submit();
    await place.reaches(run, 'checkpoint', 4);
    const [job] = slurm.jobs();
    slurm.ask('scancel', '--batch', '--signal=USR2', job?.id ?? '');
    await place.reaches(run, 'interrupted');
    const warned = place.events(run).find(({ type }) => type === 'interrupted');
    expect(warned).toMatchObject({ again: true, requeued: true, reason: 'warned by USR2' });
    expect((await cli.ended).code).toBe(0);
    expect(place.count(run, 'attempt')).toBeGreaterThan(1);
    place.expectSame(run, expected);
  });

  it('lets a run that is preempted go on', async () => {
    const place = await ClusterPlace.make(slurm);
    const expected = await place.undisturbed();
    const { cli, run } = await place.submit();
    await place.reaches(run, 'checkpoint', 4);
    const [job] = slurm.jobs();
    const { node = '' } = job ?? {};
    slurm.ask(
      'sbatch',
      '--partition=high',
      `--nodelist=${node}`,
      '--mem=6000',
      '--output=/dev/null',
      '--wrap=sleep 1',
    );
    expect((await cli.ended).code).toBe(0);
    expect(place.count(run, 'attempt')).toBe(2);
    place.expectSame(run, expected);
  });

  it('keeps a job cancelled that was just being given back', async () => {
    const place = await ClusterPlace.make(slurm);
    // Long enough not to end before it is stopped, however fast the processor.
    const { cli, run } = await place.submit('--epochs', '1000');
    await place.reaches(run, 'checkpoint', 4);
    const [{ id } = { id: '' }] = slurm.jobs();
    // It hears that its time is nearly over when it has been cancelled already.
    const [, ...trains] = slurm.processesOf(id);
    for (const pid of trains) process.kill(pid, 'SIGSTOP');
    slurm.ask('scancel', '--batch', '--signal=USR2', id);
    slurm.ask('scancel', id);
    slurm.resume(trains);
    expect((await cli.ended).code).toBe(130);
    await slurm.isIdle();
    expect(place.count(run, 'attempt')).toBe(1);
    expect(place.events(run).at(-1)).toMatchObject({ type: 'interrupted', again: false });
  });

  it('loses nothing when the controller forgets jobs that it has just taken', async () => {
    const place = await ClusterPlace.make(slurm);
    const expected = await place.undisturbed();
    const { cli, run } = await place.submit();
    await until(() => slurm.jobs().length === 1);
    slurm.kill('slurmctld');
    slurm.start('slurmctld');
    expect((await cli.ended).code).toBe(0);
    place.expectSame(run, expected);
  });

  it('goes on on another node when one dies', async () => {
    const place = await ClusterPlace.make(slurm);
    const expected = await place.undisturbed();
    const { cli, run } = await place.submit();
    await place.reaches(run, 'checkpoint', 4);
    const [{ id, node } = { id: '', node: '' }] = slurm.jobs();
    const processes = slurm.processesOf(id);
    slurm.kill(`slurmd.${node}`);
    for (const pid of processes) process.kill(pid, 'SIGKILL');
    expect((await cli.ended).code).toBe(0);
    slurm.start(`slurmd.${node}`);
    expect(place.count(run, 'attempt')).toBe(2);
    place.expectSame(run, expected);
  });
});
