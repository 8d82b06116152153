import { join } from 'node:path';
import { provideEngine, type SetupProgress } from '../../src-main/engine/provision/provideEngine.ts';
import { cacheHome } from '../../src-main/foundation/home.ts';
import { threadsOfTrainers } from './threadsOfTrainers.ts';

/**
 * Provides the engine before the first test, so that no test's time limit has to include a download, and has the
 * programs that tests start keep their compiled modules where the workbench does, also those with a cache of their own.
 * Trainers compute with one thread: in nets as small as those of tests, more of them would wait for each other, and that
 * takes the processor as long as the work does.
 */
export default async function globalSetup(): Promise<void> {
  process.env.NODE_COMPILE_CACHE ??= join(cacheHome(), 'compiled');
  for (const name of threadsOfTrainers) process.env[name] ??= '1';
  let last = '';
  await provideEngine({
    onProgress: (progress) => {
      const line = `engine: ${progress.stage} ${progress.subject}${tenths(progress)}`;
      if (line !== last && progress.stage !== 'ready') process.stderr.write(`${line}\n`);
      last = line;
    },
  });
}

function tenths({ doneBytes, totalBytes }: SetupProgress): string {
  if (doneBytes === undefined || totalBytes === undefined || totalBytes < 1e6) return '';
  return ` ${Math.floor((10 * doneBytes) / totalBytes) * 10}% of ${(totalBytes / 1e6).toFixed(0)} MB`;
}
