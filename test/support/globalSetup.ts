import { provideEngine, type SetupProgress } from '../../src-main/engine/provision/provideEngine.ts';

/** Provides the engine before the first test, so that no test's time limit has to include a download. */
export default async function globalSetup(): Promise<void> {
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
