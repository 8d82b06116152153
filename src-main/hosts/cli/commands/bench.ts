import type { Command } from 'commander';
import { ensureEngine } from '../ensureEngine.ts';
import { bytesText } from '../../../vocabulary/bytes.ts';
import { overridesOf, addSettings } from '../settings.ts';
import type { AddCommand } from './AddCommand.ts';

export const addBench: AddCommand = (program, session, keys) => {
  const bench = program
    .command('bench')
    .description('images a second in training and inference, and memory, on random images')
    .argument('[settings...]', 'any key of the configuration as key.path=value')
    .option(
      '--steps <COUNT>',
      'how many to measure (default: as many as fit into two seconds, at least 3)',
      Number,
    );
  addSettings(bench, keys, [
    'config',
    'width',
    'crop',
    'classes',
    'dropout',
    'batch',
    'micro-batch',
    'seed',
  ]).action(async (settings: string[], { steps }: { steps?: number }, command: Command) => {
    await ensureEngine(session);
    session.progress.show(['measuring …']);
    const result = await session.client.bench({ overrides: overridesOf(command, settings), steps });
    session.result(result, () =>
      [
        `training   ${result.trainImagesPerSecond.toFixed(2)} images/s`,
        `inference  ${result.inferenceImagesPerSecond.toFixed(2)} images/s`,
        `memory     ${bytesText(result.peakRssBytes)} at most`,
        `device     ${result.device.toUpperCase()}`,
      ].join('\n'),
    );
  });
};
