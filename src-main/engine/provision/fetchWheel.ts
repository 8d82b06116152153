import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { hashOfFile } from '../../foundation/hashOfFile.ts';
import type { SetupContext } from './progress.ts';
import { interrupted, runProgram } from './runProgram.ts';
import { diskFull } from './cacheErrors.ts';
import { platformTags, type Wheel } from './wheels.ts';

const lookMs = 500;

/**
 * Brings a wheel into a folder, unless it is there already with the right checksum.
 *
 * pip does the download: it knows the user's mirrors, proxies and certificates. The wheel is requested by Python
 * version and platform, so any Python 3 will do.
 *
 * @param attemptFolder an empty folder for unfinished files
 * @returns the path of the wheel, its checksum verified
 * @throws WorkbenchError `download-failed`, `checksum-mismatch`, `disk-full`
 */
export async function fetchWheel(
  wheel: Wheel,
  wheelFolder: string,
  attemptFolder: string,
  context: SetupContext,
): Promise<string> {
  const path = join(wheelFolder, wheel.file);
  if ((await sizeOf(path)) === wheel.bytes && (await hashOf(path, wheel, context)) === wheel.sha256)
    return path;
  await rm(path, { force: true });
  const downloaded = await download(wheel, attemptFolder, context);
  const sha256 = await hashOf(downloaded, wheel, context);
  if (sha256 !== wheel.sha256) {
    await rm(downloaded);
    throw new WorkbenchError(
      'checksum-mismatch',
      `${wheel.file} is not the file it should be: its SHA-256 is ${sha256}, not ${wheel.sha256}.`,
      'Check which package index pip uses (pip config list) and that nothing on the way changes its files, then try again.',
      { kind: 'failure' },
    );
  }
  await mkdir(wheelFolder, { recursive: true });
  await rename(downloaded, path);
  return path;
}

async function download(wheel: Wheel, folder: string, context: SetupContext): Promise<string> {
  const destination = join(folder, 'wheel');
  const temporary = join(folder, 'pip');
  await mkdir(destination, { recursive: true });
  await mkdir(temporary, { recursive: true });
  const report = (doneBytes: number) => {
    context.onProgress({ stage: 'download', subject: wheel.file, doneBytes, totalBytes: wheel.bytes });
  };
  report(0);
  // pip reports no progress to a pipe, but its file grows in the temporary folder that it is given.
  const watch = setInterval(() => {
    void contentSize(folder).then((bytes) => {
      report(Math.min(bytes, wheel.bytes));
    });
  }, lookMs);
  const end = await runProgram('python3', pipParameters(wheel, destination), {
    environment: { ...process.env, TMPDIR: temporary },
    signal: context.signal,
  }).finally(() => {
    clearInterval(watch);
  });
  await rm(temporary, { recursive: true, force: true });
  const path = join(destination, wheel.file);
  if (end.outcome === 'succeeded' && (await sizeOf(path)) !== undefined) {
    report(wheel.bytes);
    return path;
  }
  const lines = end.outcome === 'missing' ? [] : end.lines;
  if (lines.some((line) => line.includes('No space left on device'))) {
    throw diskFull(`No space was left in ${folder} for ${wheel.file}.`);
  }
  throw new WorkbenchError(
    'download-failed',
    `pip could not download ${wheel.requirement}:\n${lines.slice(-6).join('\n')}`,
    'Check the network and the index that pip uses (pip config list), or name a TensorFlow library that is already ' +
      'on this machine with VGG_TENSORFLOW=<folder>.',
    { kind: 'failure' },
  );
}

function pipParameters(wheel: Wheel, destination: string): string[] {
  return [
    ...['-m', 'pip', 'download', wheel.requirement, '--dest', destination],
    ...['--no-deps', '--no-cache-dir', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
    ...['--only-binary=:all:', '--implementation', 'cp', '--python-version', '311'],
    ...platformTags(wheel).flatMap((platform) => ['--platform', platform]),
  ];
}

async function hashOf(path: string, wheel: Wheel, context: SetupContext): Promise<string> {
  const onRead = (doneBytes: number) => {
    context.onProgress({ stage: 'verify', subject: wheel.file, doneBytes, totalBytes: wheel.bytes });
  };
  try {
    return await hashOfFile(path, { onRead, signal: context.signal });
  } catch (error) {
    throw context.signal?.aborted ? interrupted(error) : error;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    (facts) => facts.size,
    () => undefined,
  );
}

/** Bytes in all files under a folder. Files that vanish meanwhile are not counted. */
async function contentSize(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (facts) => (facts.isFile() ? facts.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
