import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SetupProgress, SetupStage } from '../../../src-main/engine/provision/progress.ts';
import { damagedLibraryFiles, provideFromWheels } from '../../../src-main/engine/provision/provideLibrary.ts';
import type { Wheel } from '../../../src-main/engine/provision/wheels.ts';
import { makeWheel, pathOf, pathOfQuickPip, pipFinds, refusal } from './support.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const realPath = process.env.PATH;
let cache: string;
let target: string;
let index: string;
let wheel: Wheel;
let events: SetupProgress[];

beforeAll(() => {
  index = mkdtempSync(join(tmpdir(), 'wheels-'));
  wheel = makeWheel(index);
});
afterAll(() => {
  rmSync(index, { recursive: true });
});

beforeEach(() => {
  cache = temporaryFolder();
  target = join(cache, 'tensorflow-1.0-cpu');
  events = [];
  vi.stubEnv('PATH', pathOfQuickPip(index));
  for (const [name, value] of Object.entries(pipFinds(index))) vi.stubEnv(name, value);
  return () => vi.unstubAllEnvs();
});

function provide(wheels = [wheel], signal?: AbortSignal): Promise<string> {
  return provideFromWheels(target, wheels, { onProgress: (progress) => events.push(progress), signal });
}

/** From here on pip is the machine's own. */
function useRealPip(): void {
  vi.stubEnv('PATH', realPath);
}

/** The stages in the order they were gone through. */
function stages(of = events): SetupStage[] {
  return of.map(({ stage }) => stage).filter((stage, index, all) => stage !== all[index - 1]);
}

describe('a first set-up', () => {
  test('brings what is needed, laid out as in a Python environment, and leaves nothing else', async () => {
    useRealPip();
    const folder = await provide();
    expect(folder).toBe(join(target, 'tensorflow'));
    const names = readdirSync(target, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1));
    expect(names).toContain('nvidia/cudnn/lib/libcudnn.so.9');
    expect(names).toContain('tensorflow/include/tensorflow/c/c_api.h');
    expect(names.filter((name) => /libtensorflow_(cc|framework)/.test(name))).toHaveLength(2);
    expect(names.join()).not.toMatch(/Eigen|python|cudnn\.h|dist-info/);
    expect(readdirSync(cache)).toEqual(['tensorflow-1.0-cpu']);
  });

  test('tells its stages with their sizes', async () => {
    await provide();
    expect(stages()).toEqual(['download', 'verify', 'extract']);
    for (const stage of stages()) {
      const last = events.findLast((event) => event.stage === stage);
      expect(last?.totalBytes).toBeGreaterThan(1_000_000);
      expect(last?.doneBytes).toBe(last?.totalBytes);
    }
  });

  test('happens once', async () => {
    await provide();
    events = [];
    vi.stubEnv('PATH', '/nonexistent');
    await provide();
    expect(events).toEqual([]);
  });

  test('is tidied up after when it was killed as the last thing', async () => {
    await provide();
    events = [];
    mkdirSync(join(`${target}.partial`, 'wheels'), { recursive: true });
    await provide();
    expect(events).toEqual([]);
    expect(readdirSync(cache)).toEqual(['tensorflow-1.0-cpu']);
  });

  test('is repeated when a file was damaged since', async () => {
    const folder = await provide();
    const header = join(folder, 'include/tensorflow/c/c_api.h');
    truncateSync(header, 3);
    await provide();
    expect(readFileSync(header, 'utf8')).toBe('// functions');
  });
});

describe('damage that leaves every file its size', () => {
  test('is found and mended where the content is checked', async () => {
    const folder = await provide();
    const library = join(folder, 'libtensorflow_cc.so.2');
    const whole = readFileSync(library);
    writeFileSync(library, Buffer.from(whole).fill(0, 4096, 8192));
    await provide();
    expect(readFileSync(library).equals(whole)).toBe(false);
    expect(await damagedLibraryFiles(folder)).toEqual(['tensorflow/libtensorflow_cc.so.2']);
    await provideFromWheels(target, [wheel], { onProgress: () => undefined, verify: true });
    expect(readFileSync(library).equals(whole)).toBe(true);
    expect(await damagedLibraryFiles(folder)).toEqual([]);
  });

  test('is found from the first check on in what an earlier version has provided', async () => {
    const folder = await provide();
    const manifest = join(target, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll(/,"sha256":"\w+"/g, ''));
    const header = join(folder, 'include/tensorflow/c/c_api.h');
    await provideFromWheels(target, [wheel], { onProgress: () => undefined, verify: true });
    writeFileSync(header, '// funCtions');
    expect(await damagedLibraryFiles(folder)).toEqual(['tensorflow/include/tensorflow/c/c_api.h']);
  });
});

describe('what is missing is named', () => {
  test('python3', async () => {
    useRealPip();
    vi.stubEnv('PATH', pathOf('g++'));
    const error = await refusal(provide());
    expect(error.code).toBe('python-missing');
    expect(error.nextStep).toContain('apt install python3-pip');
  });

  test('pip', async () => {
    useRealPip();
    const environment = temporaryFolder();
    await once(spawn('python3', ['-m', 'venv', '--without-pip', environment]), 'close');
    vi.stubEnv('PATH', join(environment, 'bin'));
    expect((await refusal(provide())).code).toBe('pip-missing');
  });

  test('the compiler, before anything is downloaded', async () => {
    const [onlyPip] = pathOfQuickPip(index).split(':');
    vi.stubEnv('PATH', onlyPip);
    const error = await refusal(provide());
    expect(error.code).toBe('compiler-missing');
    expect(error.nextStep).toContain('apt install g++');
    expect(stages()).toEqual([]);
  });

  test('the network, in the words of pip', async () => {
    useRealPip();
    vi.stubEnv('PIP_NO_INDEX', '');
    vi.stubEnv('PIP_FIND_LINKS', '');
    vi.stubEnv('PIP_EXTRA_INDEX_URL', '');
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple');
    vi.stubEnv('PIP_RETRIES', '0');
    const error = await refusal(provide());
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain('No matching distribution found for little_tensorflow==1.0');
    expect(error.nextStep).toContain('VGG_TENSORFLOW');
  });

  test('space, before anything is downloaded', async () => {
    const error = await refusal(provide([{ ...wheel, unpackedBytes: 1e18 }]));
    expect(error.code).toBe('disk-full');
    expect(error.message).toMatch(/needs 1,000,000,000 GB .* GB are free/);
    expect(stages()).toEqual([]);
  });

  test('a folder that can be written', async () => {
    const file = join(cache, 'file');
    writeFileSync(file, '');
    target = join(file, 'tensorflow-1.0-cpu');
    const error = await refusal(provide());
    expect(error.code).toBe('cache-not-writable');
    expect(error.nextStep).toContain('VGG_CACHE');
  });
});

test('a wheel with another checksum is refused and not kept', async () => {
  const error = await refusal(provide([{ ...wheel, sha256: '0'.repeat(64) }]));
  expect(error.code).toBe('checksum-mismatch');
  expect(error.message).toContain(wheel.sha256);
  expect(existsSync(target)).toBe(false);
  await provide();
  expect(stages()).toEqual(['download', 'verify', 'download', 'verify', 'extract']);
});

test('an aborted set-up says so, and the next one uses its wheel', async () => {
  const controller = new AbortController();
  const aborted = provideFromWheels(target, [wheel], {
    onProgress: ({ stage }) => {
      if (stage === 'extract') controller.abort();
    },
    signal: controller.signal,
  });
  const error = await refusal(aborted);
  expect([error.code, error.kind]).toEqual(['setup-interrupted', 'interrupted']);
  expect(existsSync(target)).toBe(false);
  await provide();
  expect(stages()).toEqual(['verify', 'extract']);
});

describe('with processes of their own', () => {
  const program = join(import.meta.dirname, 'provideProcess.ts');

  /** Starts a process and kills it with SIGKILL where it halts. Resolves with the stages it went through. */
  async function run(
    haltAt?: { stage: SetupStage; complete: boolean },
    onWait: () => void = () => undefined,
  ): Promise<SetupStage[]> {
    const child = spawn(process.execPath, [program, JSON.stringify({ target, wheels: [wheel], haltAt })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const seen: SetupProgress[] = [];
    let end = '';
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('{')) seen.push(JSON.parse(line) as SetupProgress);
      else end = line;
      if (seen.at(-1)?.stage === 'wait') onWait();
      if (line === 'halted') child.kill('SIGKILL');
    }
    expect(end).toBe(haltAt ? 'halted' : 'provided');
    return stages(seen);
  }

  test('killed at any step, it is taken up again and never half used', async () => {
    expect(await run({ stage: 'download', complete: false })).toEqual(['download']);
    expect(await run({ stage: 'download', complete: true })).toEqual(['download']);
    expect(await run({ stage: 'verify', complete: false })).toEqual(['download', 'verify']);
    expect(await run({ stage: 'extract', complete: false })).toEqual(['download', 'verify', 'extract']);
    expect(await run({ stage: 'extract', complete: true })).toEqual(['verify', 'extract']);
    expect(existsSync(target)).toBe(false);
    expect(await run()).toEqual(['verify', 'extract']);
    expect(readdirSync(cache)).toEqual(['tensorflow-1.0-cpu']);
  });

  test('of two at once, one does the work and the other says that it waits', async () => {
    const gate = join(cache, 'gate');
    execFileSync('mkfifo', [gate]);
    vi.stubEnv('PATH', pathOfQuickPip(index, gate));
    const waits = Promise.withResolvers<unknown>();
    const onWait = () => {
      waits.resolve(undefined);
    };
    const both = Promise.all([run(undefined, onWait), run(undefined, onWait)]);
    await waits.promise;
    await writeFile(gate, '');
    expect((await both).map((each) => each.join()).sort()).toEqual(['download,verify,extract', 'wait']);
  });
});
