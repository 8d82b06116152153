import { ensureEngine } from '../ensureEngine.ts';
import type { AddCommand } from './AddCommand.ts';

export const addSetup: AddCommand = (program, session) => {
  program
    .command('setup')
    .description(
      'provide the TensorFlow library and the addon ahead of time, and mend them where they are damaged',
    )
    .option('--gpu', 'the CUDA build')
    .action(async ({ gpu }: { gpu?: boolean }) => {
      const engine = await ensureEngine(session, { gpu: gpu ?? false, verify: true });
      session.result(
        engine,
        () => `TensorFlow ${engine.version} (${engine.build.toUpperCase()} build) in ${engine.libraryFolder}`,
      );
    });
};
