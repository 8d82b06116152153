import type { Command } from 'commander';
import { ensureEngine } from '../ensureEngine.ts';
import { formatCount, formatDuration, formatError, formatProtocol, formatScales } from '../output/format.ts';
import { layersOf, takesLayers, takesSettings } from '../settings.ts';
import type { AddCommand } from './AddCommand.ts';

export const addEvaluate: AddCommand = (program, session, keys) => {
  const evaluate = program
    .command('evaluate')
    .description('score a run, or a weights file, on validation images')
    .argument('[run|settings...]', 'a run, then any key of the configuration as key.path=value')
    .option('--weights <FILE>', 'a safetensors file in place of a run')
    .option('--posteriors <CSV>', 'where to write the posterior of each image');
  takesSettings(takesLayers(evaluate), keys).action(async (words: string[], _: unknown, command: Command) => {
    const { weights, posteriors } = command.opts<{ weights?: string; posteriors?: string }>();
    const run = words.find((word) => !word.includes('='));
    const settings = words.filter((word) => word !== run);
    await ensureEngine(session);
    const events = await session.client.evaluate({
      ...layersOf(command, settings),
      run,
      weights,
      posteriorsFile: posteriors,
    });
    for await (const event of events) {
      if (event.type === 'progress') {
        session.progress.show([`${event.activity}: ${event.done} of ${event.total}`]);
        continue;
      }
      const { top1Error, top5Error, images, protocol, testScales, seconds, ...rest } = event.evaluation;
      session.result({ top1Error, top5Error, images, protocol, testScales, seconds, ...rest }, () =>
        [
          `top-1 error ${formatError(top1Error)}, top-5 error ${formatError(top5Error)}`,
          `${formatProtocol(event.evaluation)} at Q=${formatScales(testScales, ',')}, ${formatCount(images)} images of ${rest.dataset.name}, ${formatDuration(seconds)}`,
        ].join('\n'),
      );
    }
    if (posteriors !== undefined) session.progress.note(`Posteriors: ${posteriors}`);
  });
};
