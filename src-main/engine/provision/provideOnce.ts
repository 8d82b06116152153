import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorkbenchError } from '../../foundation/errors.ts';
import { withLock } from '../../foundation/lock.ts';
import type { SetupContext } from './progress.ts';
import { cacheError } from './cacheErrors.ts';
import { interrupted } from './runProgram.ts';

/** The folders of one attempt. */
export interface Attempt {
  /** The folder that becomes the target. */
  tree: string;
  /** For files that are deleted after the attempt. */
  scratch: string;
  /** For files that a later attempt can use if this one is interrupted. */
  kept: string;
}

/**
 * Makes a folder once. All work is done beside it, and it appears by one rename when it is complete. Only one of
 * several processes does the work; the others wait.
 *
 * @param read returns what the target holds, or undefined while it is missing or not as it should be; `verify` has its
 *   content checked too
 * @param make fills `tree` with everything that {@link read} needs
 */
export async function provideOnce<Content>(
  target: string,
  read: (verify: boolean) => Promise<Content | undefined>,
  make: (attempt: Attempt) => Promise<void>,
  context: SetupContext,
): Promise<Content> {
  const kept = `${target}.partial`;
  const { verify = false } = context;
  const ready = await read(verify);
  if (ready !== undefined && !existsSync(kept)) return ready;
  const onWait = () => {
    context.onProgress({ stage: 'wait', subject: basename(target) });
  };
  const makeNow = async () => {
    if ((await read(verify)) === undefined) await makeTarget(target, kept, make);
    await rm(kept, { recursive: true, force: true });
    const made = await read(false);
    if (made === undefined) throw new Error(`${target} was made and is not complete`);
    return made;
  };
  try {
    return await withLock(`${target}.lock`, makeNow, { onWait, signal: context.signal });
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    throw context.signal?.aborted ? interrupted(error) : cacheError(error, dirname(target));
  }
}

async function makeTarget(
  target: string,
  kept: string,
  make: (attempt: Attempt) => Promise<void>,
): Promise<void> {
  const scratch = await newScratch(kept);
  const tree = join(scratch, 'tree');
  await mkdir(tree);
  try {
    await make({ tree, scratch, kept });
    await rm(target, { recursive: true, force: true });
    await rename(tree, target);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

/** A folder of its own for each attempt: a program that outlived a killed attempt cannot write into it. */
async function newScratch(kept: string): Promise<string> {
  await mkdir(kept, { recursive: true });
  for (const name of await readdir(kept)) {
    if (name.startsWith('attempt-')) await rm(join(kept, name), { recursive: true, force: true });
  }
  return mkdtemp(join(kept, 'attempt-'));
}
