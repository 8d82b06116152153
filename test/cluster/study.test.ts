import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ClusterPlace } from './ClusterPlace.ts';
import { hasSlurm, hasStaleMounts, Slurm } from './slurm/Slurm.ts';

const study = [
  ...['reproduce', '--data', 'images', '--nets', 'A@256,B@256,C@256'],
  ...['network.width=0.03125', 'training.epochs=3', 'training.batch=10', 'training.threads=1'],
];
const tables = z.object({ study: z.string(), status: z.string() });
const listed = z.array(z.object({ id: z.string(), name: z.string() }));
const jobs = z.array(
  z.looseObject({ key: z.string(), run: z.string(), jobStatus: z.looseObject({ attempt: z.int() }) }),
);

async function runsOf(place: ClusterPlace): Promise<Map<string, string>> {
  const list = listed.parse(await place.place.answer('runs', 'list', '--limit', '3'));
  return new Map(list.map(({ id, name }) => [name, id]));
}

describe.skipIf(!hasSlurm)('a study with a real Slurm (skipped where it is not installed)', () => {
  let slurm: Slurm;
  beforeAll(() => {
    slurm = new Slurm({ nodes: 2, port: 22817, settings: { SLURM_TEST_MIN_JOB_AGE: '5' } });
  });
  afterEach(() => slurm.isIdle());
  afterAll(() => {
    slurm.stop();
  });

  it('is submitted as a whole, goes on without anybody, and is that which was trained here', async () => {
    const place = await ClusterPlace.make(slurm);
    await place.place.answer(...study);
    const here = await runsOf(place);

    const submitted = await place.place.answer(...study, '--fresh', '--on', 'test', '--detach');
    const { id } = z.object({ id: z.string() }).parse(submitted);
    const given = jobs.parse(await place.place.answer('cluster', 'jobs', id));
    expect(given.map(({ key }) => key)).toEqual(['A@256#1', 'B@256#1', 'C@256#1']);
    // Nobody is attached meanwhile, and Slurm forgets the first jobs before the last have begun.
    for (const { run } of given) await place.reaches(run, 'finished');

    const attached = tables.parse(await place.place.answer('reproduce', '--study', id));
    expect(attached.status).toBe('finished');
    for (const { key, run, jobStatus } of given) {
      expect(jobStatus.attempt).toBeLessThan(2);
      place.expectSame(run, here.get(key) ?? '');
    }
  });

  it('takes back what starts from a run that fails, and trains no run here that is there', async () => {
    const place = await ClusterPlace.make(slurm);
    const diverging = ['training.learningRate=1e30', 'training.warmUpEpochs=0'];
    const submitted = await place.place.answer(...study, ...diverging, '--on', 'test', '--detach');
    const { id } = z.object({ id: z.string() }).parse(submitted);
    const [first, second] = jobs.parse(await place.place.answer('cluster', 'jobs', id));
    expect((await place.place.run('resume', second?.run ?? '', '--epochs', '9')).stderr).toContain(
      'on-cluster',
    );

    const ended = await place.place.run('reproduce', '--study', id);
    expect(ended.stderr).toContain('training-diverged');
    expect(ended.stderr).toContain('B@256#1 blocked');
    expect(place.count(first?.run ?? '', 'failed')).toBe(1);
    expect(place.count(second?.run ?? '', 'attempt')).toBe(0);
  });

  it('is checked by a probe, which finds what is missing', async () => {
    const place = await ClusterPlace.make(slurm);
    const good = await place.place.run('cluster', 'check', 'test');
    expect(good.stdout).not.toContain('BAD');
    expect(good.stdout).toContain('runs on n');
    expect(good.code).toBe(0);
    const bad = await ClusterPlace.make(slurm, { setup: ['export VGG_CACHE=/nowhere'] });
    const found = await bad.place.run('cluster', 'check', 'test');
    expect(found.stdout).toMatch(/BAD +TensorFlow/);
    expect(found.code).toBe(1);
    const strange = await ClusterPlace.make(slurm, { setup: ['exit 3'] });
    expect((await strange.place.run('cluster', 'check', 'test')).stdout).toMatch(/BAD +program/);
  });
});

/** As bad as a network file system may be: each node believes for seconds what it saw, and no lock holds between them. */
describe.skipIf(!hasStaleMounts)('on mounts that are stale (skipped where there is no bindfs)', () => {
  let slurm: Slurm;
  beforeAll(() => {
    slurm = new Slurm({ nodes: 2, port: 23817, settings: { SLURM_TEST_STALE: '3' } });
  });
  afterAll(() => {
    slurm.stop();
  });

  it('two attempts at one run do not harm it: the older one leaves', async () => {
    const place = await ClusterPlace.make(slurm, { at: join(slurm.shared, 'home'), settle: 8 });
    const expected = await place.undisturbed();
    const { cli, run } = await place.submit();
    await place.reaches(run, 'checkpoint', 4);
    const [{ id, node } = { id: '', node: '' }] = slurm.jobs();
    // It lost its network, as Slurm sees it: its job trains on, here in slow motion.
    const [, ...trains] = slurm.processesOf(id);
    slurm.kill(`slurmd.${node}`);
    for (const pid of trains) process.kill(pid, 'SIGSTOP');
    await place.reaches(run, 'attempt', 2);
    for (const pid of trains) process.kill(pid, 'SIGCONT');
    expect((await cli.ended).code).toBe(0);
    const log = join(slurm.folder, 'real', 'home', 'cluster', 'runs', run, 'slurm.log');
    expect(existsSync(log)).toBe(true);
    place.expectSame(run, expected);
    // Its index is on a local disk.
    expect(existsSync(join(place.home, 'workbench.sqlite'))).toBe(false);
  });
});

describe.skipIf(!hasStaleMounts)('on a full disk (skipped where none can be mounted)', () => {
  let slurm: Slurm;
  let disk: string;
  beforeAll(() => {
    slurm = new Slurm({ nodes: 1, port: 24817 });
    disk = join(slurm.folder, 'disk');
    execFileSync('mkdir', ['-p', disk]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk]);
  });
  afterAll(() => {
    execFileSync('umount', ['-l', disk]);
    slurm.stop();
  });

  it('what waits is held, and goes on when there is space again', async () => {
    const place = await ClusterPlace.make(slurm, { at: disk });
    place.place.environment.VGG_INDEX = join(place.place.folder, 'index');
    const twoNets = [...study, '--nets', 'A@256,B@256', 'training.epochs=20'];
    const submitted = await place.place.answer(...twoNets, '--on', 'test', '--detach');
    const { id } = z.object({ id: z.string() }).parse(submitted);
    const [first] = jobs.parse(await place.place.answer('cluster', 'jobs', id));
    await place.reaches(first?.run ?? '', 'started');
    const filler = fill(disk);
    const ended = await place.place.run('reproduce', '--study', id);
    expect(ended.stderr).toContain('disk-full');
    expect(slurm.jobs().map(({ state }) => state)).toEqual(['PENDING']);
    rmSync(filler);
    const again = await place.place.answer('reproduce', '--study', id, '--on', 'test');
    expect(tables.parse(again).status).toBe('finished');
  });
});

/** Leaves less space than a checkpoint takes, and enough for a few lines. @returns what to delete */
function fill(disk: string): string {
  const path = join(disk, 'filler');
  const file = openSync(path, 'w');
  let bytes = 0;
  try {
    for (const block = Buffer.alloc(64 * 1024); ;) bytes += writeSync(file, block);
  } catch {
    ftruncateSync(file, bytes - 192 * 1024);
  } finally {
    closeSync(file);
  }
  return path;
}
