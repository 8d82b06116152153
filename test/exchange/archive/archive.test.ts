import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { archiveVersion, manifestName } from '../../../src-main/exchange/archive/manifest.ts';
import { writeArchive } from '../../../src-main/exchange/archive/writeArchive.ts';
import { importRuns } from '../../../src-main/exchange/importRuns.ts';
import { Transfer } from '../../../src-main/exchange/Transfer.ts';
import { writeSafetensors } from '../../../src-main/foundation/safetensors.ts';
import { metricLine, metricsHeader } from '../../../src-main/runs/folder/metricsFile.ts';
import { runFiles } from '../../../src-main/runs/folder/runFiles.ts';
import type { StudyRecord } from '../../../src-main/runs/folder/studyFile.ts';
import type { RunLog } from '../../../src-main/runs/RunLog.ts';
import { codeOfAsync, config, evaluation, openLog, point } from '../../runs/fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { aStudy } from '../../support/aStudy.ts';

const bytesOfWeights = 2e4;

async function trainedRun(log: RunLog): Promise<string> {
  const { id } = log.create({ config: config(), name: 'trained' });
  const folder = log.folder(id);
  const points = Array.from({ length: 500 }, (_, step) => point(step, 1 / (step + 1)));
  writeFileSync(folder.metrics, metricsHeader + points.map(metricLine).join(''));
  const values = Float32Array.from({ length: bytesOfWeights / 4 }, Math.random);
  const tensor = { name: 'features.0.weight', shape: [values.length], values: () => values };
  const state = { 'vgg-workbench.state': JSON.stringify({ step: 499, epoch: 1 }) };
  writeSafetensors(folder.checkpoint('best'), [tensor], state);
  log.addEvaluation(id, evaluation());
  log.setStatus(id, 'finished');
  return (await log.reconcile(id)).id;
}

function newStudy(log: RunLog, runs: readonly string[]): string {
  const { id } = aStudy();
  log.studies.put(aStudy({ status: 'finished', definition: { one: 1 } }));
  runs.forEach((runId, seed) => {
    log.studies.putRun(id, { key: `A@64#${seed}`, runId, seed });
  });
  return id;
}

async function exported(
  log: RunLog,
  runs: readonly string[],
  studies: readonly string[] = [],
): Promise<string> {
  const target = join(temporaryFolder(), 'runs.zip');
  const contents = {
    runs: runs.map((id) => ({ id, folder: log.folder(id) })),
    studies: studies.map((id) => ({ id, path: log.studies.file(id) })),
  };
  await writeArchive(target, contents, new Transfer());
  return target;
}

/** What a log holds on the disk of runs. */
const foldersOf = (log: RunLog) => readdirSync(join(log.home, 'runs')).filter((name) => name !== '.trash');

it('brings runs and a study to another log, byte by byte, once', async () => {
  const log = openLog();
  const ids = [await trainedRun(log), await trainedRun(log)];
  const study = newStudy(log, ids);
  const archive = await exported(log, ids, [study]);
  expect(statSync(archive).size, 'text is deflated').toBeLessThan(2 * bytesOfWeights + 30e3);

  const other = openLog();
  const reported: number[] = [];
  const transfer = new Transfer((done) => reported.push(done));
  const imported = await importRuns(other, archive, transfer);
  expect(imported).toMatchObject({
    runs: ids.map((id) => ({ id, imported: true, status: 'finished' })),
    studies: [study],
    known: [],
  });
  expect((await importRuns(other, archive, new Transfer())).known).toEqual(ids);
  expect(reported.at(-1)).toBe(transfer.totalBytes);
  for (const id of ids) {
    for (const file of runFiles(log.folder(id).path)) {
      const [there, here] = [log, other].map((each) => readFileSync(join(each.folder(id).path, file)));
      expect(here?.equals(there ?? Buffer.alloc(0)), file).toBe(true);
    }
    expect(other.metrics.read(id)).toEqual(log.metrics.read(id));
    expect(other.evaluations.of(id)).toEqual(log.evaluations.of(id));
    expect(other.evaluations.checkpointsOf(id)).toHaveLength(1);
  }
  expect(other.studies.get(study).definition).toEqual({ one: 1 });
  expect(other.studies.runsOf(study)).toEqual(log.studies.runsOf(study));

  other.annotate(ids[0] ?? '', { name: 'mine' });
  await importRuns(other, archive, new Transfer());
  expect(other.runs.get(ids[0] ?? '').name, 'what is there stays as it is').toBe('mine');
  expect(foldersOf(other).sort()).toEqual(ids.toSorted());
});

it('gives a known study the runs that it lacks, and refuses one with another definition', async () => {
  const log = openLog();
  const ids = [await trainedRun(log), await trainedRun(log)];
  const study = newStudy(log, ids);
  const other = openLog();
  await importRuns(other, await exported(log, ids.slice(0, 1), [study]), new Transfer());
  expect(other.studies.runsOf(study)).toHaveLength(1);
  const whole = await exported(log, ids, [study]);
  await importRuns(other, whole, new Transfer());
  expect(other.studies.runsOf(study)).toEqual(log.studies.runsOf(study));

  const third = openLog();
  newStudy(third, []);
  third.studies.put({ ...third.studies.get(study), definition: { one: 2 } });
  expect(await codeOfAsync(importRuns(third, whole, new Transfer()))).toBe('study-exists');
  expect(third.list.all(), 'all or nothing').toEqual([]);
  expect(foldersOf(third)).toEqual([]);
});

it('takes none of the runs where one is another of the same id', async () => {
  const log = openLog();
  const ids = [await trainedRun(log), await trainedRun(log)];
  const other = openLog();
  await importRuns(other, await exported(log, ids.slice(1)), new Transfer());
  writeFileSync(other.folder(ids[1] ?? '').metrics, metricsHeader);
  expect(await codeOfAsync(importRuns(other, await exported(log, ids), new Transfer()))).toBe('run-exists');
  expect(foldersOf(other)).toEqual(ids.slice(1));
  expect(other.list.all().map(({ id }) => id)).toEqual(ids.slice(1));
});

it('leaves nothing behind when it is stopped', async () => {
  const log = openLog();
  const archive = await exported(log, [await trainedRun(log)]);
  const stop = new AbortController();
  const half = new Transfer((done, total) => {
    if (done > total / 2) stop.abort();
  }, stop.signal);
  const other = openLog();
  await expect(importRuns(other, archive, half)).rejects.toThrow(/aborted/);
  expect(foldersOf(other)).toEqual([]);
  const target = join(temporaryFolder(), 'stopped.zip');
  const contents = { runs: [{ id: 'a', folder: log.folder(log.runs.ids()[0] ?? '') }], studies: [] };
  await expect(writeArchive(target, contents, new Transfer(undefined, stop.signal))).rejects.toBe(
    stop.signal.reason,
  );
  expect(readdirSync(join(target, '..'))).toEqual([]);
});

interface Tampering {
  entries: { name: string; content: Buffer; mode?: number; compress?: boolean }[];
  manifest: {
    version: number;
    workbench: string;
    files: { path: string; bytes: number; sha256: string }[];
  } | null;
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

let fileContents: Promise<{ name: string; content: Buffer }[]> | undefined;

/** What an archive of a run holds. */
async function contentsOfRun(): Promise<{ name: string; content: Buffer }[]> {
  const log = openLog();
  const id = await trainedRun(log);
  return runFiles(log.folder(id).path).map((file) => ({
    name: `runs/${id}/${file}`,
    content: readFileSync(join(log.folder(id).path, file)),
  }));
}

/** An archive of a run made by hand, so that it can be made wrong. */
async function tampered(change: (made: Tampering) => void): Promise<string> {
  fileContents ??= contentsOfRun();
  const entries = (await fileContents).map((entry) => ({ ...entry }));
  const files = entries.map(({ name, content }) => ({
    path: name,
    bytes: content.length,
    sha256: sha256(content),
  }));
  const made: Tampering = { entries, manifest: { version: archiveVersion, workbench: '9.9.9', files } };
  change(made);
  const zip = new ZipFile();
  for (const { name, content, mode, compress = true } of made.entries) {
    zip.addBuffer(content, name, { compress, ...(mode === undefined ? {} : { mode }) });
  }
  const head = { format: 'vgg-workbench-archive', createdAt: new Date().toISOString() };
  if (made.manifest) zip.addBuffer(Buffer.from(JSON.stringify({ ...head, ...made.manifest })), manifestName);
  zip.end();
  const path = join(temporaryFolder(), 'tampered.zip');
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** Adds a file to entries and manifest alike. */
function add(made: Tampering, name: string, content: Buffer): void {
  made.entries.push({ name, content });
  made.manifest?.files.push({ path: name, bytes: content.length, sha256: sha256(content) });
}

/** The writer refuses such names, so they are put in afterwards: zip files have no checksum of names. */
function renameIn(path: string, from: string, to: string): void {
  expect(to).toHaveLength(from.length);
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at)) bytes.write(to, at);
  writeFileSync(path, bytes);
}

it.each<[string, string, (made: Tampering) => void]>([
  ['archive-foreign', 'no manifest', (made) => (made.manifest = null)],
  [
    'archive-too-new',
    'a newer version',
    ({ manifest }) => {
      if (manifest) manifest.version = archiveVersion + 1;
    },
  ],
  ['archive-damaged', 'a file that is missing', ({ entries }) => entries.pop()],
  ['archive-unsafe', 'a file that is not listed', ({ manifest }) => manifest?.files.pop()],
  ['archive-damaged', 'another length', ({ manifest }) => manifest?.files.forEach((file) => file.bytes++)],
  [
    'archive-damaged',
    'another checksum',
    ({ manifest }) => manifest?.files.forEach((file) => (file.sha256 = sha256(Buffer.alloc(1)))),
  ],
  [
    'archive-unsafe',
    'a place outside the runs',
    (made) => {
      add(made, 'workbench.sqlite', Buffer.alloc(9));
    },
  ],
  [
    'archive-unsafe',
    'a drive in a name',
    (made) => {
      add(made, 'runs/a/c:x', Buffer.alloc(9));
    },
  ],
  [
    'archive-unsafe',
    'names that differ in capitals',
    (made) => {
      add(made, (made.entries[0]?.name ?? '').toUpperCase().replace('RUNS', 'runs'), Buffer.alloc(9));
    },
  ],
  [
    'archive-unsafe',
    'a link',
    ({ entries }) => {
      entries.forEach((entry) => (entry.mode = 0o120777));
    },
  ],
  [
    'archive-unsafe',
    'a bomb',
    (made) => {
      add(made, 'runs/a/metrics.csv', Buffer.alloc(20e6));
    },
  ],
  [
    'archive-damaged',
    "a run under another's id",
    ({ entries, manifest }) => {
      const elsewhere = (path: string) => path.replace(/^runs\/[^/]+/, 'runs/other');
      for (const entry of entries) entry.name = elsewhere(entry.name);
      for (const file of manifest?.files ?? []) file.path = elsewhere(file.path);
    },
  ],
])('refuses with %s an archive with %s, and takes nothing of it', async (code, _, change) => {
  const archive = await tampered(change);
  const log = openLog();
  mkdirSync(join(log.home, 'runs'), { recursive: true });
  expect(await codeOfAsync(importRuns(log, archive, new Transfer()))).toBe(code);
  expect(foldersOf(log)).toEqual([]);
  expect(log.list.all()).toEqual([]);
});

it.each([
  ['runs/aa/bb', '../../aa/b'],
  ['runs/aa/bb', '/uns/aa/bb'],
  ['runs/aa/bb', 'runs\\aa\\bb'],
])('refuses %s renamed to %s in the directory', async (from, to) => {
  const archive = await tampered((made) => {
    add(made, from, Buffer.from('content'));
  });
  renameIn(archive, from, to);
  expect(await codeOfAsync(importRuns(openLog(), archive, new Transfer()))).toBe('archive-unsafe');
});

it.each<[string, string, (bytes: Buffer) => Buffer]>([
  ['archive-damaged', 'cut short', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['archive-foreign', 'empty', () => Buffer.alloc(0)],
  ['archive-foreign', 'of another kind', () => Buffer.from('step,epoch\n')],
])('refuses with %s a file that is %s', async (code, _, change) => {
  const log = openLog();
  const archive = await exported(log, [await trainedRun(log)]);
  writeFileSync(archive, change(readFileSync(archive)));
  expect(await codeOfAsync(importRuns(openLog(), archive, new Transfer()))).toBe(code);
});

it.runIf(process.platform !== 'win32')('refuses a pipe that nobody writes into', async () => {
  const pipe = join(temporaryFolder(), 'runs.zip');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  expect(await codeOfAsync(importRuns(openLog(), pipe, new Transfer()))).toBe('archive-foreign');
});

it('takes a checkpoint whole that was replaced by a longer one since the export began', async () => {
  const log = openLog();
  const [first, second] = [await trainedRun(log), await trainedRun(log)];
  const longer = () => {
    const state = { 'vgg-workbench.state': JSON.stringify({ step: 99999, epoch: 1, note: 'x'.repeat(99) }) };
    const tensor = {
      name: 'w',
      shape: [bytesOfWeights / 4],
      values: () => new Float32Array(bytesOfWeights / 4),
    };
    writeSafetensors(log.folder(second).checkpoint('best'), [tensor], state);
  };
  const target = join(temporaryFolder(), 'live.zip');
  const contents = { runs: [first, second].map((id) => ({ id, folder: log.folder(id) })), studies: [] };
  let replaced = false;
  await writeArchive(
    target,
    contents,
    new Transfer(() => {
      if (!replaced) longer();
      replaced = true;
    }),
  );
  const other = openLog();
  await importRuns(other, target, new Transfer());
  expect(other.evaluations.checkpointsOf(second)).toMatchObject([{ kind: 'best', step: 99999 }]);
});

it('speaks of the files that were given, not of their copies', async () => {
  const log = openLog();
  const id = await trainedRun(log);
  writeFileSync(log.folder(id).checkpoint('best'), 'no weights');
  const { path } = log.folder(id);
  const ofFolder = await importRuns(openLog(), path, new Transfer()).catch((error: unknown) => error);
  expect(ofFolder).toMatchObject({
    code: 'checkpoint-damaged',
    message: `${path}/checkpoints/best.safetensors is not a checkpoint of a run.`,
  });
  const archive = await exported(log, [id]);
  const ofArchive = await importRuns(openLog(), archive, new Transfer()).catch((error: unknown) => error);
  expect(ofArchive).toMatchObject({
    code: 'archive-damaged',
    message: `${archive} cannot be used: runs/${id}/checkpoints/best.safetensors is not a checkpoint of a run.`,
  });
});

it('finds a byte that was changed on the way', async () => {
  const log = openLog();
  const archive = await exported(log, [await trainedRun(log)]);
  const bytes = readFileSync(archive);
  bytes.writeUInt8(bytes.readUInt8(bytesOfWeights / 2) ^ 1, bytesOfWeights / 2);
  writeFileSync(archive, bytes);
  expect(await codeOfAsync(importRuns(openLog(), archive, new Transfer()))).toBe('archive-damaged');
  expect(await codeOfAsync(importRuns(openLog(), join(log.home, 'nowhere.zip'), new Transfer()))).toBe(
    'import-missing',
  );
});

it.each([
  ['colour', 'red"/><script>alert(1)</script><path d="'],
  ['colour', '#12345'],
  ['name', 'a \u001b[31mred\u001b[0m name'],
  ['name', 'x'.repeat(201)],
  ['name', 'two\nlines'],
  ['tags', Array.from({ length: 21 }, (_, index) => `tag ${index}`)],
  ['notes', 'x'.repeat(20_001)],
])('holds what others note of a run to what may be typed here: %s', async (key, value) => {
  const log = openLog();
  const id = await trainedRun(log);
  const { path } = log.folder(id);
  const record = JSON.parse(readFileSync(join(path, 'status.json'), 'utf8')) as object;
  writeFileSync(join(path, 'status.json'), JSON.stringify({ ...record, [key]: value }));
  for (const source of [path, await exported(log, [id])]) {
    const other = openLog();
    const error = await importRuns(other, source, new Transfer()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'record-unreadable',
      message: expect.stringContaining(`The ${key} of run ${id} in ${source} is none`) as string,
    });
    expect(other.list.all()).toEqual([]);
  }
});

it.each([
  ['a place for two runs', (record: StudyRecord) => ({ ...record, runs: [...record.runs, ...record.runs] })],
  [
    'more text than any study',
    (record: StudyRecord) => ({ ...record, definition: { seeds: 'x'.repeat(1e6) } }),
  ],
])('refuses a study with %s', async (_, change) => {
  const log = openLog();
  const id = await trainedRun(log);
  const study = newStudy(log, [id]);
  const file = log.studies.file(study);
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as StudyRecord)));
  const other = openLog();
  const archive = await exported(log, [id], [study]);
  expect(await codeOfAsync(importRuns(other, archive, new Transfer()))).toBe('archive-damaged');
  expect([other.list.all(), other.studies.list()]).toEqual([[], []]);
});
